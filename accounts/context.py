"""What every page is given: where one is, where one can go, what is unread.

A room adds its entries to ``navigation`` in its AppConfig.ready:

    context.navigation.append(Entry(_("Reports"), "reports", icon="document-text", order=20, shown=...))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import Agency, StateParty, User
from accounts.permissions import Person, person


def always(who: Person) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """One place in the main menu: a heroicon, a weight (low first), and a test on the person."""

    label: Any  # lazy text
    url_name: str
    icon: str = ""
    order: int = 50
    shown: Callable[[Person], bool] = always


navigation: list[Entry] = []


def page(request: HttpRequest) -> dict[str, Any]:
    """``place`` (State or agency), ``navigation`` and ``unread``: asked of the database only where they are shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"place": "", "navigation": [], "unread": 0}
    masthead: Any = SimpleLazyObject(lambda: _masthead(user))
    return {
        "place": SimpleLazyObject(lambda: masthead["state_party__name"] or masthead["agency__code"] or ""),
        "unread": SimpleLazyObject(lambda: masthead["unread"]),
        "navigation": SimpleLazyObject(lambda: _entries(person(user), request.path)),
    }


def with_home(user: Any) -> Any:
    """The person, with State or agency loaded together with what the head of the page says: for administrators, whose
    pages ask for their home and who are in no body."""
    for name, model in (("state_party", StateParty), ("agency", Agency)):
        pk = getattr(user, f"{name}_id", None)
        if pk is not None:
            unread = Count("people__notifications", filter=Q(people=user.pk, people__notifications__read_at=None))
            setattr(user, name, model.objects.annotate(unread=unread).get(pk=pk))
    return user


def _masthead(user: User) -> dict[str, Any]:
    """Place and number of unread notices: with the memberships, which every page asks for, else in one statement."""
    row = next(iter(person(user).memberships), None)
    if row is not None:
        return {"state_party__name": row.state_party.name, "agency__code": "", "unread": row.unread}
    for name, shown in (("state_party", "name"), ("agency", "code")):
        home: Any = user._state.fields_cache.get(name)
        if hasattr(home, "unread"):
            both = {"state_party__name": "", "agency__code": ""}
            return {**both, f"{name}__{shown}": getattr(home, shown), "unread": home.unread}
    unread = Count("notifications", filter=Q(notifications__read_at__isnull=True))
    rows = User.objects.filter(pk=user.pk).order_by()
    return dict(rows.annotate(unread=unread).values("state_party__name", "agency__code", "unread").get())


def _entries(who: Person, path: str) -> list[dict[str, Any]]:
    entries = [entry for entry in sorted(navigation, key=lambda entry: entry.order) if entry.shown(who)]
    addresses = [reverse(entry.url_name) for entry in entries]
    # The longest address that the path begins with: a page below an entry belongs to it.
    current = max((address for address in addresses if path.startswith(address)), key=len, default="")
    return [
        {"label": entry.label, "url": address, "icon": entry.icon, "current": address == current}
        for entry, address in zip(entries, addresses, strict=True)
    ]
