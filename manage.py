#!/usr/bin/env python3
"""Servanda's command line."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # settings must be named first

    try:
        execute_from_command_line(sys.argv)
    except SystemExit as end:
        # A command line that cannot be read ends as every other error does: 1, the reason on stderr.
        sys.exit(1 if end.code == 2 else end.code)


if __name__ == "__main__":
    main()
