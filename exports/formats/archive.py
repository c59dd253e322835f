"""Office files that are the same bytes whenever they are made: zip entries and properties without the clock."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_PROPERTIES = "docProps/core.xml"
_LEVEL = 5  # of nine; the usual six takes a tenth more time for the whole file


def fixed(data: bytes, at: datetime) -> bytes:
    """``data`` written again: entries in order under one date, ``created`` and ``modified`` at the moment ``at``.

    What the entries hold stays as it is.
    """
    moment = (at.replace(tzinfo=UTC) if at.tzinfo is None else at).astimezone(UTC)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for name in _in_order(old.namelist()):
            content = old.read(name)
            if name == _PROPERTIES:
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content, compresslevel=_LEVEL)
    return result.getvalue()


def _in_order(names: list[str]) -> list[str]:
    """The list of content types first, as readers of the format expect, the rest by name."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
