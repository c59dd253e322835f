"""Translating cleared text: what a page saves, and confirming that a translation is still right.

A save names, for each text, the version of the translation that it started from and the source that stood beside it.
Texts that only one side changed are saved. What another translator changed meanwhile is not overwritten: it comes back
with both texts, and the rest of the save stands.
"""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.exceptions import Refused
from accounts.models import User
from reporting.reports import freeze_translations as texts
from reporting.reports.choices import TranslationWhy
from reporting.reports.freeze_translations import Source
from reporting.reports.models import (
    Answer,
    Attachment,
    ParagraphVersion,
    ReportSection,
    Translation,
    TranslationVersion,
)
from reporting.reports.permissions_translation import TRANSLATE
from reporting.reports.services.counting import measure, recount
from reporting.reports.services.locked import Locked, lock
from reporting.text.words import count_markup


@dataclasses.dataclass(frozen=True)
class TranslationEdit:
    """One text as a page has it: which, from which version, beside which source (its digest).

    ``confirm`` says that the translation is right for the source as it reads now.
    """

    key: str
    base: int
    source: str
    text: str
    confirm: bool = False


@dataclasses.dataclass(frozen=True)
class TranslationClash:
    """A text that another translator changed meanwhile: ``mine`` is not saved, and the page keeps it."""

    key: str
    mine: str
    theirs: Translation


@dataclasses.dataclass
class SavedTranslations:
    at: datetime.datetime
    rows: dict[str, Translation]  # every translation of the section, by key
    changed: list[str] = dataclasses.field(default_factory=list)
    clashes: dict[str, TranslationClash] = dataclasses.field(default_factory=dict)
    sources: dict[str, Source] = dataclasses.field(default_factory=dict)

    def state_of(self, key: str) -> str:
        return texts.state_of(self.sources[key], self.rows.get(key))


@transaction.atomic
def save_translations(section: ReportSection, edits: Iterable[TranslationEdit], *, by: User) -> SavedTranslations:
    """Save what changed in the translations of a section; a text that is empty takes the translation away.

    Raises Refused where the person does not translate, the section is not cleared, the report is endorsed, or a text
    is none of the section's; then nothing of the save stands.
    """
    with permissions.remembered(by) as who:
        locked = lock(Answer.objects.filter(section_id=section.pk), who, timezone.now())
        permissions.require(by, TRANSLATE, locked.section)
        return _save(locked, {edit.key: edit for edit in edits})


def _save(locked: Locked, edits: dict[str, TranslationEdit]) -> SavedTranslations:
    section, by, at = locked.section, locked.by, locked.at
    language = section.report.cycle.submission_language
    paragraphs = locked.paragraphs_of(locked.answers)
    known = _sources(locked, paragraphs)
    stands = {row.key: row for row in Translation.objects.filter(section=section, language=language)}
    result = SavedTranslations(at, stands, sources=known)
    versions: list[TranslationVersion] = []
    before = _before(edits.values(), stands)
    for edit in edits.values():
        source = known.get(edit.key)
        if source is None:
            _explain_missing(edit, stands.get(edit.key))
            continue
        version = _apply(locked, edit, source, result, before)
        if version is not None:
            versions.append(version)
            result.changed.append(edit.key)
    if not versions:
        return result
    changed = [version.translation for version in versions]
    Translation.objects.bulk_create([row for row in changed if row.pk is None])
    Translation.objects.bulk_update(
        [row for row in changed if row.version > 1],
        ["text", "words", "source", "source_version", "version", "by", "at"],
    )
    for version in versions:
        version.translation_id = version.translation.pk
        version.state_party_id, version.by, version.by_name, version.at = section.state_party_id, by, str(by), at
    TranslationVersion.objects.bulk_create(versions)
    _count(locked, paragraphs, stands, {row.answer_id for row in changed})
    return result


def _explain_missing(edit: TranslationEdit, row: Translation | None) -> None:
    """A text that was taken out of the report meanwhile: what was typed for it is handed back, never dropped."""
    if row is None and not edit.text.strip():
        return
    if row is not None and row.text == edit.text:
        return
    raise Refused(
        _("A text that you translated is no longer in the section. Keep what you typed, and open the page again.")
    )


def _apply(
    locked: Locked, edit: TranslationEdit, source: Source, result: SavedTranslations, before: dict[str, str]
) -> TranslationVersion | None:
    row = result.rows.get(edit.key)
    text = edit.text.replace("\r\n", "\n").strip()
    stands = row.text if row is not None else ""
    number = row.version if row is not None else 0
    if edit.base > number:
        raise Refused(_("The page started from a version that does not exist. Open it again and save once more."))
    if edit.base < number and text != stands and row is not None:
        if text != before.get(edit.key, ""):  # what was only left as it was is no change of this person's
            result.clashes[edit.key] = TranslationClash(edit.key, text, row)
        return None
    confirms = edit.confirm and row is not None and bool(stands) and row.source != source.text
    if text == stands and not confirms:
        return None
    if confirms and text == stands and edit.source != source.digest:
        raise Refused(_("The source changed once more while the page was open. Read it again before you confirm."))
    seen = _seen(locked, edit, source, row)
    if row is None:
        row = Translation(section=locked.section, answer=source.answer, key=edit.key)
        row.language = locked.section.report.cycle.submission_language
        row.state_party_id = locked.section.state_party_id
        result.rows[edit.key] = row
    row.text, row.words, row.source = text, count_markup(text), seen
    row.source_version = source.answer.version if source.answer is not None else 0
    row.version, row.by, row.at = number + 1, locked.by, locked.at
    why = TranslationWhy.CONFIRMED if text == stands else TranslationWhy.WRITTEN
    return TranslationVersion(
        translation=row, number=row.version, text=text, source=seen, source_version=row.source_version, why=why
    )


def _before(edits: Iterable[TranslationEdit], stands: dict[str, Translation]) -> dict[str, str]:
    """What the texts were that have moved on since the page was made: one statement, none where none has."""
    moved = {stands[edit.key].pk: edit for edit in edits if edit.key in stands and edit.base < stands[edit.key].version}
    if not moved:
        return {}
    rows = TranslationVersion.objects.filter(translation__in=moved).values_list("translation_id", "number", "text")
    return {moved[pk].key: text for pk, number, text in rows if moved[pk].base == number}


def _seen(locked: Locked, edit: TranslationEdit, source: Source, row: Translation | None) -> str:
    """The source that stood beside the text on the page; "" where nothing tells any more how it read."""
    if edit.source == source.digest:
        return source.text
    if row is not None and texts.digest(row.source) == edit.source:
        return row.source
    if source.name != "paragraph":
        return ""
    earlier = ParagraphVersion.objects.filter(answer=source.answer, key=edit.key.rpartition("/")[2])
    found = (text for text in earlier.values_list("text", flat=True) if texts.digest(text) == edit.source)
    return next(found, "")


def _sources(locked: Locked, paragraphs: dict[int, list[Any]]) -> dict[str, Source]:
    files = Attachment.objects.filter(section=locked.section, removed_at__isnull=True, is_annex=True)
    found = [each for answer in locked.answers.values() for each in texts.sources_of(answer, paragraphs[answer.pk])]
    return {each.key: each for each in (*found, *texts.sources_of_files(files))}


def _count(
    locked: Locked, paragraphs: dict[int, list[Any]], rows: dict[str, Translation], answer_ids: set[int | None]
) -> None:
    """Limit and ruler run on the text that is submitted."""
    texts.keep(locked.answers.values(), rows.values())
    touched = [answer for pk, answer in locked.answers.items() if pk in answer_ids]
    for answer in touched:
        measure(answer, paragraphs[answer.pk], answer.content)
    Answer.objects.bulk_update(touched, ["words", "paragraph_count"])
    recount(locked.section, locked.answers.values())
