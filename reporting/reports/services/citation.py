"""Where items of the library are cited: a table of its own, written by the save under its lock.

An entry of an answer names an item by its id, under ``library``; what else it says is what the item
said when it was cited. Nothing filters in the content, so the save keeps the citations beside it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.exceptions import Refused
from reporting.reports.models import Answer, Citation, LibraryItem
from reporting.reports.services.locked import Locked

Named = dict[str, int]  # the item by the key of the entry
_LISTS = ("references", "files")


def named_in(content: Mapping[str, Any]) -> Named:
    """The items that the content of an answer names, by the key of each entry."""
    entries = (entry for name in _LISTS for entry in content.get(name, []))
    return {entry["key"]: entry["library"] for entry in entries if "library" in entry}


def changed(answer: Answer, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[Answer, Named, Named]]:
    """The answer with the items that it named and those that it names, where that differs."""
    old, new = named_in(before), named_in(after)
    return [(answer, old, new)] if old != new else []


def follow(locked: Locked, changes: list[tuple[Answer, Named, Named]]) -> None:
    """Bring the citations in line with what a save made of its answers: three statements at most.

    Raises Refused where an answer names an item that is not of its State, or newly one that was withdrawn.
    """
    added = {(answer.pk, key): pk for answer, old, new in changes for key, pk in new.items() if old.get(key) != pk}
    gone = [(answer.pk, key) for answer, old, new in changes for key in old if old[key] != new.get(key)]
    items = _items(locked, set(added.values())) if added else {}
    if gone:
        keys = {key for _pk, key in gone}
        rows = Citation.objects.filter(answer__in={pk for pk, _key in gone}, key__in=keys)
        doomed = [row.pk for row in rows if (row.answer_id, row.key) in set(gone)]
        Citation.objects.filter(pk__in=doomed).delete()
    Citation.objects.bulk_create(
        Citation(
            state_party_id=locked.section.state_party_id,
            answer_id=answer,
            key=key,
            item=items[pk],
            version=items[pk].newest,
            revision=items[pk].revision,
            cited_by=locked.by,
            cited_at=locked.at,
        )
        for (answer, key), pk in added.items()
    )


def _items(locked: Locked, wanted: set[int]) -> dict[int, Any]:
    """The items by id, each with its newest file as ``newest``."""
    rows = LibraryItem.objects.filter(state_party=locked.section.state_party_id, pk__in=wanted)
    items: dict[int, Any] = {row.pk: row for row in rows.prefetch_related("versions")}
    if items.keys() != wanted:
        raise Refused(_("The page named an item that is not in your State’s library. Open it again and cite it anew."))
    for row in items.values():
        if row.withdrawn_at is not None:
            raise Refused(_("“%(title)s” has been withdrawn from the library.") % {"title": row.title})
        row.newest = next(iter(row.versions.all()), None)
    return items
