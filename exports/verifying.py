"""Which submission a file belongs to, known by its own SHA-256; a zip is looked into. Nothing of the file is kept."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.db.models.fields.json import KT, KeyTextTransform, KeyTransform
from django.utils.translation import gettext as _

from exports.assemble import language_name
from exports.bundle import MANIFEST
from exports.models import StoredFile
from exports.registry import FORMATS
from reporting.reports.models import Attachment, Submission

Reads = Callable[[Submission], bool]
MOST_ENTRIES = 1000
PIECE = 1 << 20
OFFICE = "[Content_Types].xml"


@dataclass(frozen=True)
class Inside:
    """A file in a zip."""

    name: str
    sentence: str
    is_known: bool


@dataclass(frozen=True)
class Verdict:
    """What is said of a file: ``is_known`` where it, or every file in it, is an original."""

    sha256: str
    sentence: str
    is_known: bool
    inside: list[Inside] = field(default_factory=list)


class TooMuch(Exception):
    """A zip holds more than is looked at."""


def everything(submission: Submission) -> bool:
    """For whoever runs the machine."""
    return True


def is_published(submission: Submission) -> bool:
    """A later submission is published by a decision of its own."""
    at = submission.report.published_at
    return at is not None and submission.recorded_at <= at


def verify(file: BinaryIO, reads: Reads = everything) -> Verdict:
    """Find a file among the submissions that ``reads`` allows; whatever else it is, it is none."""
    sha256 = _digest(file)
    known = _known({sha256}, reads)
    if sha256 in known:
        return Verdict(sha256, known[sha256], True)
    try:
        inside = _inside(file, reads)
    except TooMuch:
        return Verdict(
            sha256, _("This zip holds more than is looked at. Unpack it, and verify its files one by one."), False
        )
    if not inside:
        return Verdict(sha256, _("This is none of the files made here."), False)
    if all(each.is_known for each in inside):
        return Verdict(sha256, _("Every file in this zip is an original."), True, inside)
    if any(each.is_known for each in inside):
        return Verdict(sha256, _("Not every file in this zip is an original."), False, inside)
    return Verdict(sha256, _("This is none of the files made here, and no file in it is."), False, inside)


def _digest(file: BinaryIO, most: int | None = None) -> str:
    digest, read = hashlib.sha256(), 0
    for piece in iter(lambda: file.read(PIECE), b""):
        digest.update(piece)
        read += len(piece)
        if most is not None and read > most:
            raise TooMuch
    return digest.hexdigest()


def _known(hashes: Iterable[str], reads: Reads) -> dict[str, str]:
    """What each hash is, as far as it is the hash of something: three statements, however many there are."""
    wanted = set(hashes)
    report = KeyTransform("report", "submission__content")
    title, state = KeyTextTransform("title", report), KeyTextTransform("name", KeyTransform("state", report))
    files = StoredFile.objects.filter(sha256__in=wanted).select_related("submission__report__cycle", "state_party")
    found: dict[str, str] = {}
    for row in files.defer("submission__content").annotate(title=title, state=state):
        if reads(row.submission):
            found[row.sha256] = _("Submission %(number)d of “%(title)s” (%(state)s), %(format)s, %(language)s.") % {
                "number": row.submission.number,
                "title": row.title,
                "state": row.state,
                "format": FORMATS[row.format].label,
                "language": language_name(row.language),
            }
    return found | _known_annexes(wanted - found.keys(), reads)


def _known_annexes(wanted: set[str], reads: Reads) -> dict[str, str]:
    attached = Attachment.objects.filter(sha256__in=wanted)
    reports = set(attached.values_list("section__report", flat=True)) if wanted else set()
    if not reports:
        return {}
    rows = Submission.objects.filter(report__in=reports).select_related("report__cycle", "state_party")
    title, state = KT("content__report__title"), KT("content__report__state__name")
    found: dict[str, str] = {}
    rows = rows.defer("content").annotate(annexes=KT("content__annexes"), title=title, state=state)
    for row in rows.order_by("-number"):
        mine = [each for each in json.loads(row.annexes) if each["sha256"] in wanted]
        if mine and reads(row):
            for each in mine:
                said = {"annex": each["title"], "number": row.number, "title": row.title, "state": row.state}
                sentence = _("Annex “%(annex)s” to submission %(number)d of “%(title)s” (%(state)s).") % said
                found.setdefault(each["sha256"], sentence)
    return found


def _inside(file: BinaryIO, reads: Reads) -> list[Inside]:
    """The files of a zip, its list apart; nothing where it is no zip, or a file of Word or Excel. Raises TooMuch."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return []
    try:
        with ZipFile(file) as archive:
            if OFFICE in archive.namelist():
                return []
            hashes = _hashes(archive)
    except (BadZipFile, OSError, ValueError):
        return []
    known = _known(set(hashes.values()), reads)
    none = _("None of the files made here.")
    return [Inside(name, known.get(sha256, none), sha256 in known) for name, sha256 in hashes.items()]


def _hashes(archive: ZipFile) -> dict[str, str]:
    entries = [each for each in archive.infolist() if not each.is_dir() and each.filename != MANIFEST]
    if len(entries) > MOST_ENTRIES:
        raise TooMuch
    left = 2 * settings.VERIFY_MAX_BYTES
    found: dict[str, str] = {}
    for entry in entries:
        try:
            with archive.open(entry) as source:
                found[entry.filename] = _digest(source, left)  # type: ignore[arg-type]
        except (RuntimeError, NotImplementedError, BadZipFile, OSError, EOFError, zlib.error):
            found[entry.filename] = ""  # encrypted or broken: of nothing
        left -= entry.file_size
        if left < 0:
            raise TooMuch
    return found
