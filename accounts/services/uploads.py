"""Files that come in pieces: begun, continued where they stopped, used once by the form that they belong to.

Every piece is of one size, the last one less, and follows what has arrived; the same piece twice is fine. What counts
of the whole is what counts of any file: ``files.receive`` looks at it, at the last piece and again when it is used.
"""

import datetime
import hashlib
import io
import unicodedata
import uuid
from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Count, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import files
from accounts.exceptions import Denial, Refused
from accounts.models import Upload, UploadPiece, User
from accounts.querysets import state_of

MOST_OPEN = 20  # of one person
MOST_SIZES = 8  # of one person, in largest files
KEPT = datetime.timedelta(hours=48)  # since the last piece, or the use
LONGEST_NAME = 255  # characters
FIELD = "-upload"  # a form says in NAME-upload which upload stands for the file NAME


class Hopeless(Refused):
    """What arrived can never become a file of an accepted type; the upload is to be given up."""


@transaction.atomic
def start(*, name: str, size: int, by: User, modified: int | None = None, fresh: bool = False) -> Upload:
    """Begin to send a file, or find what has arrived of it: of the same name, size and time of change.

    ``fresh`` begins anew all the same. Raises Refused, with a sentence, for a file that would be refused when it is
    whole, and where the person has too many under way.
    """
    state = state_of(by)
    if state is None:
        raise Refused(_("Files are kept by a State."), Denial.HIDDEN)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two tabs count one after the other
    name = "".join(each for each in name if unicodedata.category(each)[0] != "C").strip()[-LONGEST_NAME:]
    files.require_size(size)
    ending = name.rpartition(".")[2].lower()
    if ending in files.HOPELESS:
        raise files.not_accepted(name)
    if modified is not None and not fresh:
        mine = _mine(by).filter(name=name, size=size, modified=modified, used_at=None)
        found = cast("Upload | None", mine.order_by("-received", "pk").first())
        if found is not None:
            return found
    _require_room(by, size)
    now = timezone.now()
    return Upload.objects.create(
        state_party_id=state,
        owner=by,
        name=name or "file",
        size=size,
        modified=modified,
        piece=settings.UPLOAD_PIECE_BYTES,
        started_at=now,
        last_at=now,
    )


def _mine(by: User) -> Any:
    return Upload.objects.of(by).filter(owner=by)


def _require_room(by: User, size: int) -> None:
    under_way = _mine(by).filter(used_at=None).aggregate(count=Count("pk"), total=Sum("size"))
    count, total = under_way["count"], under_way["total"] or 0
    if count < MOST_OPEN and total + size <= MOST_SIZES * settings.ATTACHMENT_MAX_BYTES:
        return
    raise Refused(
        ngettext(
            "You have %(count)s file under way, %(size)s in all: too much for another one. Save the page that it"
            " belongs to, or give it up; what is left alone goes after two days.",
            "You have %(count)s files under way, %(size)s in all: too much for another one. Save the pages that they"
            " belong to, or give one up; what is left alone goes after two days.",
            count,
        )
        % {"count": count, "size": filesizeformat(total)}
    )


@files.with_its_files
@transaction.atomic
def put(upload: Upload, *, offset: int, data: bytes, by: User) -> Upload:
    """Keep a piece; the same one again changes nothing.

    Raises Refused, with a sentence, where it is none that may come now, and Hopeless where nothing can come of it.
    """
    upload = _locked(upload, by)
    if offset < upload.received:
        return _again(upload, offset, data)
    if upload.is_whole:
        raise Refused(_("“%(name)s” has arrived whole: nothing comes after it.") % {"name": upload.name})
    if offset > upload.received:
        raise Refused(_out_of_place(upload))
    wanted = min(upload.piece, upload.size - offset)
    if len(data) != wanted:
        raise Refused(
            _("The piece has %(bytes)s bytes, and %(wanted)s were expected: a file has the size that was given first.")
            % {"bytes": len(data), "wanted": wanted}
        )
    _require_hope(upload, data)
    piece = UploadPiece(
        state_party_id=upload.state_party_id,
        upload=upload,
        offset=offset,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    files.keep(data, piece.file, "part")
    piece.save(force_insert=True)
    upload.received += len(data)
    upload.last_at = timezone.now()
    upload.save(update_fields=["received", "last_at"])
    return upload


def _locked(upload: Upload, by: User) -> Upload:
    """Raises Refused where it is another person's, gone, or used."""
    row = cast("Upload | None", _mine(by).select_for_update(of=("self",)).filter(pk=upload.pk).first())
    if row is None:
        raise Refused(_gone(), Denial.HIDDEN)
    if row.used_at is not None:
        raise Refused(_used(row.name))
    return row


def _again(upload: Upload, offset: int, data: bytes) -> Upload:
    piece = upload.pieces.filter(offset=offset).first()
    if piece is None:
        raise Refused(_out_of_place(upload))
    if piece.sha256 != hashlib.sha256(data).hexdigest():
        raise Refused(
            _("“%(name)s” has changed since it was begun. Give it up and choose the file again.")
            % {"name": upload.name}
        )
    return upload


def _out_of_place(upload: Upload) -> str:
    said = {"name": upload.name, "received": upload.received, "size": upload.size}
    return _("Of “%(name)s”, %(received)s of %(size)s bytes have arrived: the next piece begins there.") % said


def _gone() -> str:
    return _("This file is no longer on its way. Choose it again.")


def _used(name: str) -> str:
    return _("“%(name)s” was used already. Choose the file again.") % {"name": name}


def _require_hope(upload: Upload, data: bytes) -> None:
    """Raises Hopeless where the first piece, or with the last one the whole, is of no accepted type."""
    try:
        if upload.received == 0 and not files.may_become(data):
            raise files.not_accepted(upload.name)
        if upload.received + len(data) == upload.size:
            files.receive(ContentFile(_bytes_of(upload) + data, name=upload.name))
    except Refused as refused:
        raise Hopeless(refused.reason) from None


def _bytes_of(upload: Upload) -> bytes:
    """The bytes that have arrived. Raises Refused where the store does not give back what it was given."""
    found = io.BytesIO()
    for piece in upload.pieces.all():
        try:
            with piece.file.open("rb") as file:
                data = file.read()
        except OSError:
            data = b""
        if piece.offset != found.tell() or hashlib.sha256(data).hexdigest() != piece.sha256:
            raise Refused(_("A piece of “%(name)s” was lost. Choose the file again.") % {"name": upload.name})
        found.write(data)
    return found.getvalue()


@transaction.atomic
def give_up(upload: Upload, *, by: User) -> None:
    """Send no more of the file, and forget what has arrived. Raises Refused once it is used."""
    _forget([_locked(upload, by)])


def sweep() -> int:
    """Forget uploads that were left alone for two days; how many."""
    with transaction.atomic():
        old = Upload.objects.select_for_update().filter(last_at__lt=timezone.now() - KEPT)
        rows = list(old.order_by("pk")[:200])
        _forget(rows)
    return len(rows)


def _forget(uploads: list[Upload]) -> None:
    _drop_pieces(uploads)
    Upload.objects.filter(pk__in=[each.pk for each in uploads]).delete()


def _drop_pieces(uploads: list[Upload]) -> None:
    """Rows now, and what was stored once they are gone: no row is ever without its file."""
    pieces = UploadPiece.objects.filter(upload__in=uploads)
    names = [(piece.file.storage, str(piece.file.name)) for piece in pieces]
    pieces.delete()
    for storage, name in names:
        transaction.on_commit(partial(storage.delete, name), robust=True)


# --- in place of a file -------------------------------------------------------------------


class Arrived(File):
    """An upload where a form expects a file: put together when it is read, and what is wrong is said then."""

    def __init__(self, upload: Upload | None, by: User) -> None:
        self.upload, self.by = upload, by
        self._used_at: datetime.datetime | None = None
        self.name = upload.name if upload else _("file")
        self.mode = "rb"
        self.pieces = self  # as files.receive looks for it

    @property
    def key(self) -> str:
        return str(self.upload.uuid) if self.upload else ""

    @property
    def size(self) -> int:  # type: ignore[override]
        return self.upload.size if self.upload else 1

    @cached_property
    def file(self) -> io.BytesIO:  # type: ignore[override]
        upload = self.upload
        if upload is None:
            raise Refused(_gone())
        if upload.used_at is not None:
            raise Refused(_used(upload.name))
        if not upload.is_whole:
            said = {"name": upload.name, "received": filesizeformat(upload.received)}
            size = {"size": filesizeformat(upload.size)}
            raise Refused(_("“%(name)s” has not arrived whole: %(received)s of %(size)s.") % {**said, **size})
        return io.BytesIO(_bytes_of(upload))

    def used(self) -> None:
        """Mark it as used, in the transaction that keeps the file, or keeps it in two places.

        Raises Refused where another was first.
        """
        assert self.upload is not None  # it was read
        row = cast("Upload | None", _mine(self.by).select_for_update(of=("self",)).filter(pk=self.upload.pk).first())
        if row is None:
            raise Refused(_gone())
        if row.used_at is not None and row.used_at == self._used_at:
            return
        if row.used_at is not None:
            raise Refused(_used(row.name))
        row.used_at = row.last_at = self._used_at = timezone.now()
        row.save(update_fields=["used_at", "last_at"])
        _drop_pieces([row])


def handed_in(data: Mapping[str, str], given: MultiValueDict[str, Any], *, by: Any) -> MultiValueDict[str, Any]:
    """The files of a form: those that it brought, and those that came before it in pieces.

    A file that the form brought goes first. One statement where the form names uploads, else none.
    """
    named = {
        field.removesuffix(FIELD): value
        for field, value in data.items()
        if field.endswith(FIELD) and value and field.removesuffix(FIELD) not in given
    }
    if not named:
        return given
    keys = {field: _key(value) for field, value in named.items()}
    found = {row.uuid: row for row in _mine(by).filter(uuid__in={key for key in keys.values() if key})}
    result = given.copy()
    for field, key in keys.items():
        result[field] = Arrived(found.get(key), by)
    return result


def _key(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
