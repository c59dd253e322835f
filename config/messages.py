"""Message catalogues, compiled without gettext."""

import polib
from django.conf import settings


def compile_all() -> list[str]:
    """Write django.mo beside every django.po that is newer; returns the languages compiled."""
    done = []
    for folder in settings.LOCALE_PATHS:
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.is_file() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))
                done.append(source.parts[-3])
    return done
