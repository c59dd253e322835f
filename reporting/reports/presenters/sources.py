"""What was said elsewhere and can be used here: answers under other instruments, and where a paragraph came from."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import permissions
from reporting.instruments.models import Provision
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.models import Section
from reporting.reports.models import Answer, Paragraph, ParagraphVersion
from reporting.reports.permissions import EDIT_ANSWER
from reporting.reports.permissions_lists import quoted_answers
from reporting.reports.presenters.outline import Place
from reporting.reports.services.copying import label_of
from reporting.text import markup
from reporting.text.differences import by_words

SHOWN = 10  # answers of other reports, the latest first


@dataclass(frozen=True)
class Passage:
    """A paragraph that may be copied: its key, its number in its report where that is known, and its text."""

    key: str
    html: SafeString
    number: int | None = None


@dataclass(frozen=True)
class Source:
    """An answer given elsewhere. Without ``pk`` it can be read, and not copied."""

    pk: int | None
    label: str
    question: str
    question_language: str
    language: str
    when: str
    passages: list[Passage]
    goes_to: int | None = None  # the answer that is proposed for it


@dataclass(frozen=True)
class Target:
    """An answer of this section that the person may write text in."""

    pk: int
    label: str
    code: str


def targets(here: Place) -> list[Target]:
    """The answers of the section that take paragraphs from this person now: one statement, and the rights."""
    rows = here.section.answers.filter(asked=True).select_related("question").order_by("question__position")
    found = []
    for row in rows:
        row.section, row.report = here.section, here.report
        if KINDS[row.question.kind].has_text and permissions.allows(here.user, EDIT_ANSWER, row):
            label = _("Question %(number)s") % {"number": row.question.number}
            found.append(Target(row.pk, label, row.question.code))
    return found


def elsewhere(here: Place) -> list[Source]:
    """Answers to the same duties in other reports of the State, as far as the person reads them; the latest first.

    The same duty is a provision of another instrument that stands under a theme of this section's provisions.
    """
    mine = here.section.section.provisions.values("pk")
    same = Provision.objects.filter(themes__provisions__in=mine).values("pk")
    sections = Section.objects.filter(provisions__in=same).values("pk")
    rows = (
        quoted_answers(here.user)
        .filter(section__section__in=sections, is_answered=True, disposition="", paragraphs__isnull=False)
        .exclude(report__cycle__mechanism=here.report.cycle.mechanism_id)
        .select_related(
            "question__section", "section__section", "report__cycle__instrument", "report__cycle__mechanism"
        )
        .prefetch_related(Prefetch("paragraphs", queryset=Paragraph.objects.order_by("position", "pk")))
        .order_by("-changed_at", "-pk")
        .distinct()
    )
    return [_source(row) for row in rows[:SHOWN]]


def _source(answer: Answer) -> Source:
    text, language = answer.question.wording("text", get_language() or "en")
    return Source(
        pk=answer.pk,
        label=label_of(answer),
        question=text,
        question_language=language,
        language=answer.report.cycle.working_language,
        when=_day(answer.changed_at),
        passages=[Passage(str(row.key), read_as_html(row.text)) for row in answer.paragraphs.all()],
    )


def read_as_html(text: str) -> SafeString:
    return mark_safe(markup.html(text))  # noqa: S308 - markup.html escapes what was typed


# --- where a paragraph came from -----------------------------------------------------------


def stale() -> Exists:
    """Whether the source of a paragraph has a later version than when it was copied, or last looked at."""
    later = ParagraphVersion.objects.filter(
        answer=OuterRef("source_answer"), key=OuterRef("source_key"), version__at__gt=OuterRef("source_copied_at")
    )
    return Exists(later)


def noted(
    here: Place, beside: Mapping[str, Mapping[str, Any]], paragraphs: Mapping[int, Iterable[Paragraph]]
) -> dict[str, dict[str, Any]]:
    """What stands beside each paragraph, with the source of those that were copied."""
    found = {key: dict(side) for key, side in beside.items()}
    for row in (row for rows in paragraphs.values() for row in rows):
        if row.source_label:
            said = {"label": row.source_label, "when": _day(row.source_copied_at)}
            found.setdefault(str(row.key), {})["source"] = {
                "text": _("From %(label)s, copied on %(when)s") % said,
                "is_stale": row.is_stale,  # type: ignore[attr-defined]
                "url": here.url("section_source", row.key) if row.is_stale else "",  # type: ignore[attr-defined]
            }
    return found


def source_of(here: Place, key: uuid.UUID) -> dict[str, Any] | None:
    """The context of reports/section/source.html: a copied paragraph beside its source as it stands."""
    row = (
        Paragraph.objects.filter(answer__section=here.section, key=key)
        .exclude(source_label="")
        .select_related("answer__question")
        .first()
    )
    if row is None or (here.answer_ids is not None and row.answer_id not in here.answer_ids):
        return None
    row.answer.section, row.answer.report = here.section, here.report
    source = quoted_answers(here.user).filter(pk=row.source_answer_id).first()
    now = source.paragraphs.filter(key=row.source_key).first() if source else None
    return {
        "paragraph": row,
        "label": row.source_label,
        "when": _day(row.source_copied_at),
        "is_readable": source is not None,
        "is_gone": source is not None and now is None,
        "is_same": now is not None and now.text == row.text,
        "changes": by_words(row.text, now.text) if now is not None else [],
        "may_settle": source is not None and permissions.allows(here.user, EDIT_ANSWER, row.answer),
    }


def _day(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""
