"""Looking at a file before any of it is unpacked: what it is, and how much of it there would be."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.template.defaultfilters import filesizeformat

from exports.workbook.exceptions import Unfit

MOST_BYTES = 10 * 1024 * 1024
MOST_PARTS = 500
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 150  # of a part of more than a megabyte; sheets of answers pack to a twentieth
_SMALL = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PART = re.compile(r"[^\x00-\x1f\\]+")
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject\.bin$|macrosheets/|/(?:dialogsheets)/|vbaData\.xml$", re.IGNORECASE)
_LINKS = re.compile(r"externalLinks/|connections\.xml$|queryTables/", re.IGNORECASE)
_EMBEDDED = re.compile(r"embeddings/|activeX/|ctrlProps/|customUI/", re.IGNORECASE)


def require_workbook(data: bytes) -> None:
    """Raises Unfit, with a sentence, for everything but an Excel workbook that is safe to open."""
    if not data:
        raise Unfit("empty")
    if len(data) > MOST_BYTES:
        raise Unfit("large", limit=filesizeformat(MOST_BYTES))
    if data.startswith(_OLE):
        raise Unfit("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel")
    if data.startswith(b"%PDF-"):
        raise Unfit("pdf")
    if not data.startswith(b"PK\x03\x04"):
        raise Unfit("not_excel")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _require_small(parts)
            _require_kind(archive, {part.filename for part in parts})
            _require_plain(archive, parts)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Unfit("damaged") from None


def has_pictures(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as archive:
        return any("/drawings/" in name or "/media/" in name for name in archive.namelist())


def _require_small(parts: list[ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Unfit("many_parts")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unfit("unpacked")
    if any(part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts):
        raise Unfit("ratio")
    names = [part.filename for part in parts]
    strange = any(_PART.fullmatch(name) is None or name.startswith("/") or ".." in name.split("/") for name in names)
    if strange or len({name.casefold() for name in names}) < len(names):
        raise Unfit("strange_names")
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("encrypted")


def _require_kind(archive: ZipFile, names: set[str]) -> None:
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise Unfit("opendocument")
    if "word/document.xml" in names:
        raise Unfit("word")
    if "xl/workbook.bin" in names:
        raise Unfit("binary")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Unfit("not_excel")
    if any(map(_MACROS.search, names)) or b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Unfit("macros")
    if any(map(_LINKS.search, names)):
        raise Unfit("links")
    if any(map(_EMBEDDED.search, names)):
        raise Unfit("embedded")


def _require_plain(archive: ZipFile, parts: list[ZipInfo]) -> None:
    """No part declares anything; defusedxml refuses the same again while it parses."""
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            data = archive.read(part)
            wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:200]
            if _DECLARATIONS.search(data.replace(b"\x00", b"") if wide else data):
                raise Unfit("entities")
