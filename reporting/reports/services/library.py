"""The library of a State: an item is added, changed, given a newer file, withdrawn and restored; none is deleted."""

import dataclasses
import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import files, history, moves, permissions
from accounts.exceptions import Refused
from accounts.models import Body, User
from reporting.reports.models import LibraryItem, LibraryVersion
from reporting.reports.permissions import WRITERS
from reporting.reports.permissions_library import ADD_TO_LIBRARY, EDIT_ITEM, RESTORE_ITEM
from reporting.text.folding import fold

# What an answer repeats of an item: a change of one of these makes its citations stale.
TOLD = ("title", "number", "date", "link", "language")


@dataclasses.dataclass(frozen=True)
class ItemFacts:
    """What a form says of an item, each value cleaned."""

    kind: str
    title: str
    number: str = ""
    date: str = ""
    link: str = ""
    language: str = ""
    valid_until: datetime.date | None = None
    is_public: bool = True


def bodies_of(by: User) -> list[Body]:
    """The bodies for which the person may keep an item, the person's own."""
    who = permissions.person(by)
    return [row.body for row in who.memberships if row.role in WRITERS or row.body.coordinates]


@files.with_its_files
@transaction.atomic
def add_item(facts: ItemFacts, *, by: User, body: Body | None = None, file: File | None = None) -> LibraryItem:
    """Add an item, kept by the person's body (the first, or the one named), with its first file if there is one.

    Raises Refused where the person may not add, is not of that body, where the State has an item of this kind with
    the same title, number and date in use, or for a file that cannot be kept.
    """
    permissions.require(by, ADD_TO_LIBRARY, by.state_party)
    mine = bodies_of(by)
    keeper = next((each for each in mine if body is None or each.pk == body.pk), None)
    if keeper is None:
        raise Refused(_("Choose one of your own bodies."))
    received = files.receive(file) if file is not None else None
    item = LibraryItem(
        state_party_id=keeper.state_party_id, body=keeper, created_by=by, created_at=timezone.now(), **vars(facts)
    )
    _refuse_twice(item)
    item.folded = folded(item)
    item.save()
    history.record("libraryitem.add", by=by, subject=item, body=keeper.name)
    if received is not None:
        add_stored(item, received, by=by)
    return item


def folded(item: LibraryItem) -> str:
    return fold(f"{item.title} {item.number} {item.date}")


def _refuse_twice(item: LibraryItem) -> None:
    """Raises Refused where the State keeps the same thing already."""
    rows = LibraryItem.objects.in_use().filter(
        state_party=item.state_party_id, kind=item.kind, title__iexact=item.title, number=item.number, date=item.date
    )
    if rows.exclude(pk=item.pk).exists():
        raise Refused(_("The library has “%(title)s” already. Search for it there.") % {"title": item.title})


@transaction.atomic
def edit_item(item: LibraryItem, facts: ItemFacts, *, revision: int | None, by: User) -> LibraryItem:
    """Change what is said of an item; the answers that cite it keep what they said, and are marked.

    ``revision`` is the one that the form was opened on. Raises Refused where somebody changed the item since.
    """
    item = moves.lock(item)
    permissions.require(by, EDIT_ITEM, item)
    if revision != item.revision:
        raise Refused(_("Somebody changed this item meanwhile. What stands now is shown; look, and change it again."))
    before = {name: getattr(item, name) for name in vars(facts)}
    changed = [name for name, value in vars(facts).items() if before[name] != value]
    if not changed:
        return item
    for name, value in vars(facts).items():
        setattr(item, name, value)
    _refuse_twice(item)
    item.folded = folded(item)
    _changed(item, told=bool(set(changed) & set(TOLD)))
    history.record("libraryitem.edit", by=by, subject=item)
    return item


def _changed(item: LibraryItem, *, told: bool) -> None:
    item.revision += 1
    if told:
        item.told_revision = item.revision
    item.save()


@files.with_its_files
@transaction.atomic
def add_version(item: LibraryItem, *, file: File, by: User) -> LibraryVersion:
    """Give the item a newer file; the earlier ones stay, and so do the answers that cite them.

    Raises Refused for a file that cannot be kept, or whose bytes are those of one of the item's files.
    """
    item = moves.lock(item)
    permissions.require(by, EDIT_ITEM, item)
    received = files.receive(file)
    same = item.versions.filter(sha256=received.sha256).first()
    if same is not None:
        raise Refused(_("This file is here already, as version %(number)s.") % {"number": same.number})
    _changed(item, told=True)
    return add_stored(item, received, by=by)


def add_stored(item: LibraryItem, received: files.Received, *, by: User) -> LibraryVersion:
    """The next version of an item that the caller has locked or made."""
    version = next_version(item, by=by)
    version.file_name, version.content_type = received.name, received.content_type
    version.size, version.sha256 = received.size, received.sha256
    received.store_in(version.file)
    return saved(version, by=by)


def next_version(item: LibraryItem, *, by: User) -> LibraryVersion:
    return LibraryVersion(
        state_party_id=item.state_party_id,
        item=item,
        number=item.versions.count() + 1,
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )


def saved(version: LibraryVersion, *, by: User) -> LibraryVersion:
    version.save()
    history.record("libraryitem.add_version", by=by, subject=version.item, number=version.number, sha256=version.sha256)
    return version


@transaction.atomic
def withdraw_item(item: LibraryItem, *, reason: str, by: User) -> LibraryItem:
    """Take an item out of use: it is cited no more; where it is cited it stays, and is marked.

    Raises Refused without a reason, or where it is withdrawn already.
    """
    item = moves.lock(item)
    permissions.require(by, EDIT_ITEM, item)
    if not reason.strip():
        raise Refused(_("Give the reason: those who cite the item read it."))
    item.withdrawn_by, item.withdrawn_at, item.withdrawn_note = by, timezone.now(), reason.strip()
    _changed(item, told=False)
    history.record("libraryitem.withdraw", by=by, subject=item, reason=item.withdrawn_note)
    return item


@transaction.atomic
def restore_item(item: LibraryItem, *, by: User) -> LibraryItem:
    """Bring a withdrawn item back into use. Raises Refused where it is in use, or another took its place."""
    item = moves.lock(item)
    permissions.require(by, RESTORE_ITEM, item)
    _refuse_twice(item)
    item.withdrawn_by, item.withdrawn_at, item.withdrawn_note = None, None, ""
    _changed(item, told=False)
    history.record("libraryitem.restore", by=by, subject=item)
    return item
