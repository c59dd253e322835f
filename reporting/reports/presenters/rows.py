"""What a section asks and what stands there: the rows that its pages are made of."""

from collections.abc import Sequence

from accounts.models import Body
from reporting.reports import freeze
from reporting.reports.models import Answer, Paragraph
from reporting.reports.presenters import sources
from reporting.reports.presenters.outline import Place


def answers_of(here: Place) -> list[Answer]:
    """The questions asked in the section, in order, those included that the person may not read.

    One statement, and one for each kind of target that they refer to.
    """
    rows = (
        Answer.objects.filter(section=here.section, asked=True)
        .select_related("question", "changed_by", "done_by")
        .defer("question__roles", "question__kinds")
        .order_by("question__position")
    )
    answers = list(rows)
    freeze.load_targets(answers)
    for answer in answers:
        answer.section, answer.report = here.section, here.report
    return answers


def readable(here: Place, answers: Sequence[Answer]) -> list[Answer]:
    return [each for each in answers if here.answer_ids is None or each.pk in here.answer_ids]


def paragraphs_of(answers: Sequence[Answer]) -> dict[int, list[Paragraph]]:
    found: dict[int, list[Paragraph]] = {answer.pk: [] for answer in answers}
    rows = list(
        Paragraph.objects.filter(answer__in=list(found))
        .annotate(is_stale=sources.stale())
        .order_by("answer", "position", "pk")
    )
    # Sixty paragraphs of a section come from two or three bodies, and most of these are in hand.
    section = answers[0].section if answers else None
    bodies = {each.body_id: each.body for each in section.contributions.all()} if section else {}
    if section and section.lead is not None:
        bodies[section.lead.pk] = section.lead
    if gone := {row.origin_id for row in rows} - {None, *bodies}:
        bodies |= Body.objects.in_bulk(gone)
    for row in rows:
        if row.origin_id is not None:
            row.origin = bodies[row.origin_id]
        found[row.answer_id].append(row)
    return found
