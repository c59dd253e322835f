"""Files that people hand in: of a known type by their content, not too large, under a clean name."""

import codecs
import functools
import hashlib
import io
import os
import re
import unicodedata
import uuid
import zipfile
from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ParamSpec, Protocol, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.exceptions import Refused

PDF, WORD, EXCEL, PNG, JPEG, CSV, TEXT = "pdf", "docx", "xlsx", "png", "jpg", "csv", "txt"
CONTENT_TYPES = {
    PDF: "application/pdf",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PNG: "image/png",
    JPEG: "image/jpeg",
    CSV: "text/csv",
    TEXT: "text/plain",
}
NAMES = {
    PDF: "PDF",
    WORD: "Word",
    EXCEL: "Excel",
    PNG: "PNG",
    JPEG: "JPEG",
    CSV: "CSV",
    TEXT: gettext_lazy("plain text"),
}
DOCUMENTS = (PDF, WORD)
EVERYTHING = (PDF, WORD, EXCEL, PNG, JPEG, CSV, TEXT)
# Files that end so are never of an accepted type, so that their first byte need not be sent.
_HOPELESS = (
    "7z apk avi bat bmp bz2 com dll dmg doc docm dot dotm exe gif gz heic htm html iso jar js mkv mov mp3 mp4 msi odp"
    " ods odt pages ppt pptm pptx ps1 rar rtf sh svg tar tif tiff wav webm webp xls xlsb xlsm zip"
)
HOPELESS = frozenset(_HOPELESS.split())
LONGEST_NAME = 120  # characters, with the ending

Given = ParamSpec("Given")
Result = TypeVar("Result")
_stored: ContextVar[list[tuple[Storage, str]] | None] = ContextVar("stored", default=None)


class Pieces(Protocol):
    """Where a file came in pieces before the form: which upload, and what marks it as used."""

    @property
    def key(self) -> str: ...

    def used(self) -> None: ...


@dataclass(frozen=True)
class Received:
    """A file that was looked at: what it is, whatever its name says."""

    data: bytes
    name: str
    kind: str
    sha256: str
    pieces: Pieces | None = field(default=None, compare=False, repr=False)

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]

    @property
    def size(self) -> int:
        return len(self.data)

    def store_in(self, field: FieldFile) -> None:
        """Keep the file under a name that nobody can guess; the row is saved by the caller.

        It is on disk before the row is committed, so that no row is without its file; the service
        is ``with_its_files``, so that no file stays without its row.
        """
        keep(self.data, field, self.kind)
        if self.pieces is not None:
            self.pieces.used()


def keep(data: bytes, field: FieldFile, ending: str) -> None:
    """Write the bytes to the store, for the transaction that is under way."""
    field.save(f"{uuid.uuid4().hex}.{ending}", ContentFile(data), save=False)
    stored = _stored.get()
    if stored is not None:
        stored.append((field.storage, str(field.name)))
    _sync(field)


def with_its_files(service: Callable[Given, Result]) -> Callable[Given, Result]:
    """Over ``transaction.atomic``: what the service stored is deleted again when its transaction fails."""

    @functools.wraps(service)
    def wrapped(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        outer, mine = _stored.get(), list[tuple[Storage, str]]()
        token = _stored.set(mine)
        try:
            result = service(*args, **kwargs)
        except BaseException:
            for storage, name in mine:
                storage.delete(name)
            raise
        finally:
            _stored.reset(token)
        if outer is not None:
            outer.extend(mine)
        return result

    return wrapped


def _sync(field: FieldFile) -> None:
    """A confirmed file survives a power cut, as a confirmed save does; other stores see to that themselves."""
    try:
        path = field.path
    except NotImplementedError:
        return
    for each in (path, os.path.dirname(path)):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def kind_name(content_type: str) -> str:
    """What a reader calls the kind of a file: "PDF", "Word"."""
    return next((str(NAMES[kind]) for kind, each in CONTENT_TYPES.items() if each == content_type), "")


def receive(file: File, *, kinds: Collection[str] = EVERYTHING) -> Received:
    """Read a file that somebody handed in.

    Raises Refused, with a sentence, when it is empty, larger than ATTACHMENT_MAX_BYTES, or by its
    content none of ``kinds``.
    """
    file.seek(0)
    data = file.read(settings.ATTACHMENT_MAX_BYTES + 1)
    require_size(len(data))
    given = str(file.name or "")
    kind = kind_of(data, given)
    if kind is None or kind not in kinds:
        raise not_accepted(given, kinds)
    pieces = getattr(file, "pieces", None)
    return Received(data, clean_name(given, kind), kind, hashlib.sha256(data).hexdigest(), pieces)


def require_size(size: int) -> None:
    """Raises Refused for nothing, and for more than may be attached."""
    limit = settings.ATTACHMENT_MAX_BYTES
    if size <= 0:
        raise Refused(_("The file is empty."))
    if size > limit:
        raise Refused(_("The file is larger than %(limit)s.") % {"limit": filesizeformat(limit)})


def not_accepted(name: str, kinds: Collection[str] = EVERYTHING) -> Refused:
    known = get_text_list([str(NAMES[each]) for each in kinds], _("or"))
    return Refused(
        _("“%(name)s” is not a file of an accepted type: %(types)s. What counts is the content, not the ending.")
        % {"name": clean_name(name, "") or _("This"), "types": known}
    )


def accepted(kinds: Collection[str] = EVERYTHING) -> str:
    """A sentence for the field of a form: which types, how large."""
    said = {"types": get_text_list([str(NAMES[each]) for each in kinds], _("or"))}
    return _("%(types)s, up to %(limit)s.") % {**said, "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES)}


def kind_of(data: bytes, name: str = "") -> str | None:
    """What the content is; the name only tells CSV from other text."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    return _text_kind(data, name)


def may_become(head: bytes) -> bool:
    """Whether a file that begins so may be of an accepted type, so that the rest of it is worth sending."""
    if head.startswith((b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04")):
        return True
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return False
    return _is_plain(text)


def _office_kind(data: bytes) -> str | None:
    """Word or Excel without macros; any other archive is nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" not in members or any(each.endswith("vbaProject.bin") for each in members):
        return None
    if "word/document.xml" in members:
        return WORD
    return EXCEL if "xl/workbook.xml" in members else None


def _text_kind(data: bytes, name: str) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not _is_plain(text):
        return None
    return CSV if name.lower().endswith(".csv") else TEXT


def _is_plain(text: str) -> bool:
    """Neither control characters nor a page or a drawing that a browser might run."""
    if any(unicodedata.category(each) == "Cc" and each not in "\t\r\n\f" for each in text):
        return False
    return text.lstrip()[:1] != "<"


def clean_name(name: str, kind: str) -> str:
    """The last part of the name, without control or direction characters, with the ending of its type."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    last = re.sub(r"\s+", " ", last).strip(" .")
    stem = last.rpartition(".")[0] or last
    if not kind:
        return last[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(kind) - 1].strip() or 'file'}.{kind}"
