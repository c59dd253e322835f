"""Who reads the library of a State, who adds to it, and who changes an item of it."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.acts import Act, Right
from accounts.choices import Role
from accounts.models import StateParty, User
from accounts.permissions import Person, person
from reporting.reports.models import LibraryItem
from reporting.reports.permissions import WRITERS


def keeps_library(who: Person) -> bool:
    """Drafters and focal points of any body, and the coordinators."""
    return who.is_coordinator or who.has_role(*WRITERS, Role.COORDINATOR)


def _is_of_state(who: Person, subject: Any) -> bool:
    state = subject.pk if isinstance(subject, StateParty) else subject.state_party_id
    return who.user.state_party_id == state and keeps_library(who)


def _is_of_body(who: Person, item: LibraryItem) -> bool:
    return _is_of_state(who, item) and who.is_in(item.body_id, *WRITERS)


def _coordinates(who: Person, item: LibraryItem) -> bool:
    return _is_of_state(who, item) and who.is_coordinator


def readable_items(user: User) -> Any:
    """The items that the user may read, those withdrawn included; none for those who are told of no library."""
    rows = LibraryItem.objects.of(user)
    return rows if keeps_library(person(user)) else rows.none()


def in_use(item: LibraryItem) -> str | None:
    if item.withdrawn_at is None:
        return None
    when = formats.date_format(timezone.localtime(item.withdrawn_at), "SHORT_DATETIME_FORMAT")
    said = {"name": item.withdrawn_by, "when": when}
    return _("The item was withdrawn from the library by %(name)s on %(when)s.") % said


def is_withdrawn(item: LibraryItem) -> str | None:
    return _("The item is in the library already.") if item.withdrawn_at is None else None


_OWNERS = (Right(_is_of_body), Right(_coordinates))
_OWNERS_ONLY = gettext_lazy("The body that keeps the item and the coordinators change it.")

READ_LIBRARY = Act(
    "read_library",
    rights=(Right(_is_of_state),),
    denial=gettext_lazy("The library is read by drafters, focal points and coordinators of the State."),
    hidden=True,
)
ADD_TO_LIBRARY = Act(
    "add_to_library",
    rights=READ_LIBRARY.rights,
    denial=gettext_lazy("Drafters, focal points and coordinators add to the library."),
    hidden=True,
)
EDIT_ITEM = Act("edit_item", rights=_OWNERS, denial=_OWNERS_ONLY, only_while=(in_use,), sees=READ_LIBRARY)
RESTORE_ITEM = Act("restore_item", rights=_OWNERS, denial=_OWNERS_ONLY, only_while=(is_withdrawn,), sees=READ_LIBRARY)
