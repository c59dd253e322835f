"""Citing from the library in an answer, taking over what changed there, and keeping there what was typed."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import moves, permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from reporting.questionnaires.choices import QuestionKind
from reporting.reports.choices import ItemKind
from reporting.reports.models import Answer, Attachment, Citation, LibraryItem, ReportSection
from reporting.reports.permissions import EDIT_ANSWER
from reporting.reports.permissions_library import READ_LIBRARY
from reporting.reports.services import library
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.attachment import FILE_FACTS, from_library

# By the kind of the question: the list in its content, and what an entry of it repeats of an item.
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    QuestionKind.LEGAL_REFERENCES: ("references", ("title", "number", "date", "link")),
    QuestionKind.FILES: ("files", ("title", "link", "language")),
}
_LONGEST = {"title": 500, "number": 120, "date": 120, "language": 60}  # characters, as the library keeps them


@transaction.atomic
def cite(section: ReportSection, *, answer: int, item: int, by: User) -> str:
    """Add an entry for an item at the end of an answer's list; returns its key.

    In an answer of files it is the item's newest file, of which no second copy is stored. Raises Refused where the
    answer takes no entries or the person may not write in it, where the item is not in the State's library or
    withdrawn, and where the answer has the file already.
    """
    with permissions.remembered(by):
        row = _answer(section, answer, by)
        found = _item(item, by)
        key = uuid.uuid4().hex[:8]
        entry = {"key": key, **_told(row, found), **_file(row, found, by), "library": found.pk}
        if row.question.kind == QuestionKind.FILES and not entry.keys() & {"link", "attachment"}:
            raise Refused(
                _("“%(title)s” has neither a file nor a link in the library. Add one there first.")
                % {"title": found.title}
            )
        _save(row, [*_entries(row), entry], by)
    return key


@transaction.atomic
def take_over(section: ReportSection, *, answer: int, key: str, by: User) -> None:
    """Let an entry say what its item says now, with the newest file; what only the answer says (an article) stays.

    A newer file is internal until a coordinator decides on it anew. Raises Refused where the entry cites nothing.
    """
    with permissions.remembered(by):
        row = _answer(section, answer, by)
        citation = _citation(row, key)
        item = citation.item
        newest = item.versions.first()
        _listed, names = LISTS[row.question.kind]
        entries = []
        for entry in _entries(row):
            if entry["key"] == key:
                kept = {name: value for name, value in entry.items() if name not in names}
                has_newest = newest is None or newest.pk == citation.version_id
                entry = {**kept, **_told(row, item), **({} if has_newest else _file(row, item, by))}
            entries.append(entry)
        _save(row, entries, by)
        Citation.objects.filter(pk=citation.pk).update(revision=item.revision, version=newest)


@transaction.atomic
def let_stand(section: ReportSection, *, answer: int, key: str, by: User) -> None:
    """Leave an entry as it is although its item changed: it is held against the item as looked at."""
    with permissions.remembered(by):
        citation = _citation(_answer(section, answer, by), key)
        Citation.objects.filter(pk=citation.pk).update(revision=citation.item.revision)


@transaction.atomic
def keep(section: ReportSection, *, answer: int, key: str, by: User) -> LibraryItem:
    """Make an item of the library of a typed entry, which then cites it; a file is not stored again.

    Raises Refused where the entry cites the library already or says more than an item can, and where the library has
    the same.
    """
    with permissions.remembered(by):
        row = _answer(section, answer, by)
        entry: dict[str, Any] = next((dict(each) for each in _entries(row) if each["key"] == key), {})
        if not entry or "library" in entry:
            raise Refused(_("This entry is in the library already, or is gone."))
        is_file = row.question.kind == QuestionKind.FILES
        kind = ItemKind.STUDY if is_file else ItemKind.LAW
        facts = library.ItemFacts(kind=kind, is_public=not is_file, **_facts(entry))  # type: ignore[arg-type]
        mine = library.bodies_of(by)
        body = next((each for each in mine if each.pk == section.lead_id), None)
        item = library.add_item(facts, by=by, body=body)
        _keep_file(item, row, entry.get("attachment"), by)
        _save(row, [{**each, "library": item.pk} if each["key"] == key else each for each in _entries(row)], by)
    return item


def _facts(entry: Mapping[str, Any]) -> dict[str, str]:
    facts = {name: str(entry[name]) for name in library.TOLD if entry.get(name)}
    for name, most in _LONGEST.items():
        if len(facts.get(name, "")) > most:
            raise Refused(
                _("Shorten “%(text)s…” first: the library keeps at most %(most)d characters of it.")
                % {"text": facts[name][:40], "most": most}
            )
    return facts


def _keep_file(item: LibraryItem, answer: Answer, pk: int | None, by: User) -> None:
    """Let the library keep the file that an entry brought: the stored bytes are then named twice."""
    row = Attachment.objects.filter(answer=answer, pk=pk, removed_at=None).first() if pk else None
    if row is None:
        return
    version = library.next_version(item, by=by)
    version.file = row.file.name
    for name in FILE_FACTS:
        setattr(version, name, getattr(row, name))
    row.library_version = library.saved(version, by=by)
    row.save(update_fields=["library_version"])


def _told(answer: Answer, item: LibraryItem) -> dict[str, Any]:
    """What an entry of this answer says of the item."""
    _listed, names = LISTS[answer.question.kind]
    return {name: getattr(item, name) for name in names if getattr(item, name)}


def _file(answer: Answer, item: LibraryItem, by: User) -> dict[str, int]:
    """The item's newest file as a file of the answer, where it asks for files and there is one."""
    newest = item.versions.first() if answer.question.kind == QuestionKind.FILES else None
    return {} if newest is None else {"attachment": from_library(answer, newest, item.title, by=by).pk}


def _entries(answer: Answer) -> list[dict[str, Any]]:
    listed, _names = LISTS[answer.question.kind]
    entries: list[dict[str, Any]] = answer.content.get(listed, [])
    return entries


def _save(answer: Answer, entries: list[dict[str, Any]], by: User) -> None:
    listed, _names = LISTS[answer.question.kind]
    save_answers(answer.section, [AnswerEdit(answer.pk, answer.version, content={listed: entries})], by=by)


def _answer(section: ReportSection, pk: int, by: User) -> Answer:
    """The answer of the section, locked with it, for somebody who may write in it now."""
    section = moves.lock(section, "report__cycle", "section", "lead")  # before the answer and its files, as every save
    row: Answer | None = section.answers.filter(pk=pk).select_related("question").first()
    if row is None or row.question.kind not in LISTS:
        raise Refused(_("Choose a question that asks for laws or files."), Denial.HIDDEN)
    row.section = section
    permissions.require(by, EDIT_ANSWER, row)
    return row


def _citation(answer: Answer, key: str) -> Citation:
    found: Citation | None = answer.citations.filter(key=key).select_related("item").first()
    if found is None:
        raise Refused(_("This entry does not cite the library."))
    return found


def _item(pk: int, by: User) -> LibraryItem:
    found: LibraryItem | None = LibraryItem.objects.of(by).filter(pk=pk).first()
    if found is None:
        raise Refused(_("This item is not in your State’s library."), Denial.HIDDEN)
    permissions.require(by, READ_LIBRARY, found)
    if found.withdrawn_at is not None:
        raise Refused(_("“%(title)s” has been withdrawn from the library.") % {"title": found.title})
    return found
