#!/usr/bin/env python3
"""Servanda's command line."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured  # settings must be named first
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except SystemExit as end:
        # A command line that cannot be read ends as every other error does: 1, the reason on stderr.
        sys.exit(1 if end.code == 2 else end.code)
    except ImproperlyConfigured as error:
        sys.exit(f"Servanda cannot start: {error}")


if __name__ == "__main__":
    main()
