"""Which texts of an answer are translated, and what stands in their place in the language of the submission.

Pure, as ``freeze``. A report is written in its working language. Where it is submitted in another one, each paragraph
and each text inside the other kinds has a translation; what has none stands as it was written, and says so.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from reporting.cycles.models import ReviewCycle
from reporting.questionnaires.kinds import KINDS
from reporting.reports.models import Answer, Attachment, Paragraph, Report, Translation

MISSING, STALE, DONE = "missing", "stale", "done"


@dataclass(frozen=True)
class Source:
    """A text to be translated: its key in its section, what it is ("paragraph", "label"), and how it reads."""

    key: str
    name: str
    text: str
    answer: Answer | None = None

    @property
    def digest(self) -> str:
        return digest(self.text)


@dataclass
class Said:
    """An answer in the language of its texts; ``untranslated`` are those that have no translation."""

    paragraphs: list[Any]
    content: dict[str, Any]
    target_document: str
    untranslated: int = 0


@dataclass
class Counts:
    total: int = 0
    missing: int = 0
    stale: int = 0

    def take(self, state: str) -> None:
        """Count one text more."""
        self.total += 1
        self.missing += state == MISSING
        self.stale += state == STALE

    @property
    def done(self) -> int:
        return self.total - self.missing - self.stale

    @property
    def open(self) -> int:
        return self.missing + self.stale


def digest(text: str) -> str:
    """What a page says of the source that it shows."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def is_words(text: str) -> bool:
    """Whether there is anything to translate: a number or a day is the same in every language."""
    return any(char.isalpha() for char in text)


def texts_in(report: Report, language: str) -> str:
    """The language of the texts in a document whose headings are in ``language``: the working or the submission one."""
    cycle = report.cycle
    return cycle.working_language if language == cycle.working_language else cycle.submission_language


def uses_translations(report: Report, language: str) -> bool:
    return texts_in(report, language) != report.cycle.working_language


def languages_of(cycle: ReviewCycle) -> dict[str, str]:
    """What the content of a report says of its languages; which text prevails, where there are two."""
    said = {"working": cycle.working_language, "submission": cycle.submission_language}
    return {**said, "prevails": cycle.prevailing} if cycle.is_translated else said


# --- what is to be translated ------------------------------------------------------------


def sources_of(answer: Answer, paragraphs: Iterable[Paragraph]) -> list[Source]:
    """The texts that the submission form prints of an answer, in order."""
    texts = [each for each in paragraphs if each.text.strip()]
    found: list[Source] = []

    def note(path: str, text: str) -> str:
        found.append(
            Source(f"{answer.pk}/c/{path}", path.split("/")[0 if path.startswith("notes/") else -1], text, answer)
        )
        return text

    if not answer.asked:
        return []
    if answer.disposition:
        if answer.target_document.strip() and answer.question.is_exported:
            found.append(Source(f"{answer.pk}/target", "target", answer.target_document, answer))
    elif answer.question.is_exported or texts:
        found += [Source(f"{answer.pk}/p/{each.key}", "paragraph", each.text, answer) for each in texts]
        kind = KINDS[answer.question.kind]
        if kind.is_answered(answer.content, ()):
            kind.with_texts(answer.content, note)
    return [each for each in found if is_words(each.text)]


def sources_of_files(files: Iterable[Attachment]) -> list[Source]:
    """The titles of the annexes, which stand in their list."""
    return [Source(f"annex/{row.pk}", "annex", row.title) for row in files if row.is_annex and is_words(row.title)]


# --- what stands in their place ----------------------------------------------------------


def keep(answers: Iterable[Answer], rows: Iterable[Translation]) -> None:
    """Let each answer have its translations at hand, by key."""
    known = {answer.pk: answer for answer in answers}
    found: dict[int, dict[str, Any]] = {pk: {} for pk in known}
    for row in rows:
        if row.answer_id in found:
            found[row.answer_id][row.key] = row
    for pk, answer in known.items():
        answer.translated = found[pk]


def load(report: Report, answers: Sequence[Answer]) -> None:
    """Read the translations of answers into the submission language: one statement, none where there is one text."""
    if report.cycle.is_translated and answers:
        rows = Translation.objects.filter(answer__in=answers, language=report.cycle.submission_language)
        keep(answers, rows.defer("source_version", "at"))


def said(answer: Answer, paragraphs: Sequence[Any], report: Report, language: str) -> Said:
    """The answer as a document in ``language`` has it."""
    if not uses_translations(report, language):
        return Said(list(paragraphs), answer.content, answer.target_document)
    if answer.translated is None:
        load(report, [answer])
    rows = answer.translated or {}
    result = Said([], answer.content, answer.target_document)

    def other(key: str, text: str) -> str:
        row = rows.get(key)
        if row is not None and row.text.strip():
            return row.text
        result.untranslated += is_words(text)
        return text

    for each in paragraphs:
        key = f"{answer.pk}/p/{each.key}"
        row = rows.get(key)
        has = row is not None and bool(row.text.strip())
        words = row.words if has and row is not None else each.words
        result.paragraphs.append(
            SimpleNamespace(
                key=each.key,
                text=other(key, each.text) if each.text.strip() else each.text,
                words=words,
                origin=each.origin,
                untranslated=not has and is_words(each.text),
            )
        )
    if answer.disposition:
        if answer.target_document.strip():
            result.target_document = other(f"{answer.pk}/target", answer.target_document)
    else:
        kind = KINDS[answer.question.kind]
        result.content = kind.with_texts(answer.content, lambda path, text: other(f"{answer.pk}/c/{path}", text))
    return result


def title_said(report: Report, files: Sequence[Attachment], language: str) -> dict[int, str]:
    """The translated titles of annexes by the id of the file: one statement, none where there is nothing to read."""
    keys = [f"annex/{row.pk}" for row in files if row.is_annex]
    if not keys or not uses_translations(report, language):
        return {}
    rows = Translation.objects.filter(section__report=report, language=texts_in(report, language), key__in=keys)
    return {int(row.key.partition("/")[2]): row.text for row in rows if row.text.strip()}


# --- how far it has come -----------------------------------------------------------------


def state_of(source: Source, row: Translation | None) -> str:
    if row is None or not row.text.strip():
        return MISSING
    return DONE if row.source == source.text else STALE


def counts(pairs: Iterable[tuple[int, Source]], rows: Iterable[Translation]) -> dict[int, Counts]:
    """By section: how many texts there are, how many have no translation, and how many a stale one."""
    known = {(row.section_id, row.key): row for row in rows}
    found: dict[int, Counts] = {}
    for section_id, source in pairs:
        found.setdefault(section_id, Counts()).take(state_of(source, known.get((section_id, source.key))))
    return found


def progress(reports: Sequence[Report]) -> dict[int, Counts]:
    """How far the translation of reports has come, by section: four statements, however many reports."""
    translated = [report for report in reports if report.cycle.is_translated]
    if not translated:
        return {}
    languages = {report.pk: report.cycle.submission_language for report in translated}
    answers = Answer.objects.filter(report__in=translated, asked=True, section__is_set_aside=False)
    answers = answers.select_related("question").prefetch_related("paragraphs")
    pairs = [(answer.section_id, each) for answer in answers for each in sources_of(answer, answer.paragraphs.all())]
    files = Attachment.objects.filter(section__report__in=translated, removed_at__isnull=True, is_annex=True)
    pairs += [(row.section_id, each) for row in files for each in sources_of_files([row])]
    rows = Translation.objects.filter(section__report__in=translated).select_related("section")
    return counts(pairs, [row for row in rows if row.language == languages[row.section.report_id]])
