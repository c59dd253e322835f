"""The acts: append-only, one hash chain per State, per agency and for the installation, one writer."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.utils import timezone

from accounts import labels
from accounts.models import HistoryChain, HistoryEntry, User

INSTALLATION = "installation"
NAMED = "subject"  # no caller can give a fact of this name: it is an argument of ``record``


def chain_of(*, state_id: int | None = None, agency_id: int | None = None) -> str:
    """The name of the chain that keeps the acts of a State, of an agency, or of the installation."""
    if state_id is not None:
        return f"state:{state_id}"
    return INSTALLATION if agency_id is None else f"agency:{agency_id}"


def chain_of_person(user: User) -> str:
    """The chain in which what concerns an account stands."""
    return chain_of(state_id=user.state_party_id, agency_id=user.agency_id)


def record(
    act: str,
    *,
    by: User | None,
    subject: models.Model | None = None,
    reason: str = "",
    context: str = "",
    chain: str | None = None,
    **facts: Any,
) -> HistoryEntry:
    """Add one act to its chain; call it inside the transaction of the act itself.

    The chain is the subject's State, else the actor's State or agency, unless ``chain`` names one.
    ``facts`` hold names and labels, never the content of an answer. Beside the label of the subject,
    what it takes to name it in another language stands among them, under ``NAMED``.
    """
    said = json.loads(json.dumps(facts, default=str))
    named = labels.kept(subject) if subject else {}
    if named:
        said[NAMED] = named
    entry = HistoryEntry(
        chain=chain or _default_chain(by, subject),
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        act=act,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        subject_label=str(subject)[:300] if subject else "",
        context=context or getattr(subject, "history_context", ""),
        reason=reason,
        facts=said,
    )
    waiting = _waiting.get()
    if waiting is None:
        _add([entry])
    else:
        waiting.append(entry)
    return entry


_waiting: ContextVar[list[HistoryEntry] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """The acts of what is done inside are added in one go: three statements a chain, however many there are.

    Inside a transaction. Until the end an entry has neither number nor hash; a failure adds none.
    """
    if _waiting.get() is not None:
        yield
        return
    entries: list[HistoryEntry] = []
    token = _waiting.set(entries)
    try:
        yield
    finally:
        _waiting.reset(token)
    _add(entries)


def _add(entries: list[HistoryEntry]) -> None:
    """Number and link the entries, each at the end of its chain as it stands, locked."""
    for name in sorted({entry.chain for entry in entries}):  # in one order, so that two never wait for each other
        mine = [entry for entry in entries if entry.chain == name]
        end, _created = HistoryChain.objects.select_for_update().get_or_create(name=name)
        number, sha256 = end.last_number, end.last_sha256
        for entry in mine:
            entry.number, entry.previous_sha256 = number + 1, sha256
            number, sha256 = entry.number, digest(entry)
            entry.sha256 = sha256
        HistoryEntry.objects.bulk_create(mine)
        HistoryChain.objects.filter(pk=end.pk).update(last_number=number, last_sha256=sha256)


def _default_chain(by: User | None, subject: models.Model | None) -> str:
    if subject is not None and getattr(subject, "state_party_id", None):
        return chain_of(state_id=subject.state_party_id)  # type: ignore[attr-defined]
    if by is not None and by.state_party_id:
        return chain_of(state_id=by.state_party_id)
    if by is not None and by.agency_id:
        return chain_of(agency_id=by.agency_id)
    return INSTALLATION


def digest(entry: HistoryEntry) -> str:
    """SHA-256 over everything that the entry says and the entry before it."""
    said = {
        "chain": entry.chain,
        "number": entry.number,
        "at": entry.at.astimezone(datetime.UTC).isoformat(),
        "actor": [entry.actor_id, entry.actor_name],
        "act": entry.act,
        "subject": [entry.subject_type, entry.subject_id, entry.subject_label],
        "context": entry.context,
        "reason": entry.reason,
        "facts": entry.facts,
        "previous": entry.previous_sha256,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_links() -> Iterator[tuple[HistoryEntry, str]]:
    """Entries at which a chain does not hold, each with what is wrong; what ``check_history`` prints."""
    last: HistoryEntry | None = None
    for entry in HistoryEntry.objects.order_by("chain", "number").iterator():
        before = last if last is not None and last.chain == entry.chain else None
        if entry.number != (before.number + 1 if before else 1):
            yield entry, "an entry before this one is missing"
        elif entry.previous_sha256 != (before.sha256 if before else ""):
            yield entry, "it does not continue the entry before it"
        elif entry.sha256 != digest(entry):
            yield entry, "it was altered"
        last = entry
    ends = dict(HistoryChain.objects.values_list("name", "last_sha256"))
    for name, sha256 in ends.items():
        end = HistoryEntry.objects.filter(chain=name).order_by("-number").first()
        if end is not None and end.sha256 != sha256:
            yield end, "entries after this one are missing"
