"""Which moves there are, from where to where, who makes them and what they ask for (design.md, section 4).

Buttons, services, docs/workflow.md and the tests all read these tables. A requirement
returns a sentence for the reader when it is unmet, else nothing.
"""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.acts import Attempt, Move, asked_in_form, table
from accounts.choices import Role
from accounts.models import Membership
from accounts.requirements import reason_given
from reporting.cycles.choices import language_said
from reporting.instruments.choices import ReportKind
from reporting.questionnaires.choices import Disposition
from reporting.reports.choices import ContributionStatus, Reply, ReportStatus, RoundStatus, SectionStatus
from reporting.reports.freeze_translations import progress
from reporting.reports.models import AnswerVersion, Comment, Contribution, Report, ReportSection
from reporting.reports.permissions import (
    CLOSE_ROUND,
    CONCLUDE_REPORT,
    COORDINATE_REPORT,
    COORDINATE_SECTION,
    SEND_A_CONTRIBUTION,
    SEND_SECTION,
    SETTLE_CONTRIBUTION,
    START_SECTION,
    TRANSMIT_REPORT,
    WITHDRAW_CONTRIBUTION,
    before_cleared,
    report_in_drafting,
    section_writable,
)

# --- sections ----------------------------------------------------------------------------


def required_answered(section: ReportSection, attempt: Attempt) -> str | None:
    if not section.required_missing:
        return None
    return ngettext(
        "One required question has neither an answer nor a reason for having none.",
        "%(count)d required questions have neither an answer nor a reason for having none.",
        section.required_missing,
    ) % {"count": section.required_missing}


def something_asked(section: ReportSection, attempt: Attempt) -> str | None:
    return _("Nothing is asked in this section.") if section.is_set_aside else None


@asked_in_form
def contributions_settled(section: ReportSection, attempt: Attempt) -> str | None:
    """Open contributions need a reason: the form asks for it where there are some."""
    waiting = Contribution.objects.filter(section=section).open().select_related("body")
    names = ", ".join(str(row.body) for row in waiting)
    if not names or attempt.reason.strip():
        return None
    return _("Contributions are still open (%(bodies)s). Give the reason for sending without them.") % {"bodies": names}


@asked_in_form
def not_own_drafting(section: ReportSection, attempt: Attempt) -> str | None:
    """Four eyes: nobody clears their own drafting while there is a second coordinator; else with a reason."""
    user = attempt.by.user
    if not AnswerVersion.objects.all().drafted_in(section, user).exists():
        return None
    others = Membership.objects.filter(
        body_id=section.report.cycle.coordinating_body_id, role=Role.COORDINATOR, user__is_active=True
    ).exclude(user=user)
    if others.exists():
        return _("You wrote in this section, so another coordinator clears it.")
    if attempt.reason.strip():
        return None
    return _("You wrote in this section and there is no other coordinator: give the reason for clearing it yourself.")


SECTION_MOVES = table(
    Move(
        "start", {SectionStatus.NOT_STARTED}, SectionStatus.DRAFTING, needs=START_SECTION, label=gettext_lazy("Start")
    ),  # by the first accepted save
    Move(
        "send_for_review",
        {SectionStatus.DRAFTING, SectionStatus.RETURNED},
        SectionStatus.IN_REVIEW,
        needs=SEND_SECTION,
        label=gettext_lazy("Send for review"),
        requires=(something_asked, required_answered, contributions_settled),
    ),
    Move(
        "return",
        {SectionStatus.IN_REVIEW},
        SectionStatus.RETURNED,
        needs=COORDINATE_SECTION,
        label=gettext_lazy("Return"),
        requires=(reason_given,),
    ),
    Move(
        "clear",
        {SectionStatus.IN_REVIEW},
        SectionStatus.CLEARED,
        needs=COORDINATE_SECTION,
        label=gettext_lazy("Clear"),
        requires=(not_own_drafting,),
    ),
    Move(
        "reopen",
        {SectionStatus.CLEARED},
        SectionStatus.RETURNED,
        needs=COORDINATE_SECTION,
        label=gettext_lazy("Reopen"),
        requires=(reason_given,),
    ),
    also=[report_in_drafting],
)

# --- contributions -----------------------------------------------------------------------

_open = {ContributionStatus.ASKED, ContributionStatus.RETURNED}


def section_open(contribution: Contribution, attempt: Attempt) -> str | None:
    return report_in_drafting(contribution) or section_writable(contribution)


def section_not_cleared(contribution: Contribution, attempt: Attempt) -> str | None:
    return report_in_drafting(contribution) or before_cleared(contribution)


CONTRIBUTION_MOVES = table(
    Move(
        "send",
        _open,
        ContributionStatus.SENT,
        needs=SEND_A_CONTRIBUTION,
        label=gettext_lazy("Send to the lead"),
        requires=(section_open,),
    ),
    Move(
        "take_over",
        {ContributionStatus.SENT},
        ContributionStatus.TAKEN_OVER,
        needs=SETTLE_CONTRIBUTION,
        label=gettext_lazy("Take over"),
        requires=(section_open,),
    ),
    Move(
        "return",
        {ContributionStatus.SENT},
        ContributionStatus.RETURNED,
        needs=SETTLE_CONTRIBUTION,
        label=gettext_lazy("Return"),
        requires=(section_open, reason_given),
    ),
    Move(
        "withdraw",
        {*_open, ContributionStatus.SENT},
        ContributionStatus.WITHDRAWN,
        needs=WITHDRAW_CONTRIBUTION,
        label=gettext_lazy("Withdraw"),
        requires=(section_not_cleared,),
    ),
)

# --- consultation rounds -----------------------------------------------------------------

ROUND_MOVES = table(
    Move(
        "close",
        {RoundStatus.OPEN},
        RoundStatus.CLOSED,
        needs=CLOSE_ROUND,
        label=gettext_lazy("End the consultation"),
    ),
)

# --- reports -----------------------------------------------------------------------------


def all_cleared(report: Report, attempt: Attempt) -> str | None:
    known = getattr(report, "section_total", None)  # counted with the report, where a page shows it
    left = report.sections.open().count() if known is None else known - report.section_cleared  # type: ignore[attr-defined]
    if not left:
        return None
    return ngettext("One section is not cleared yet.", "%(count)d sections are not cleared yet.", left) % {
        "count": left
    }


def references_lead_somewhere(report: Report, attempt: Attempt) -> str | None:
    """ "Answered in question X" must point at a question that is answered itself and does not refer on."""
    leads = report.answers.filter(question=OuterRef("target_question"), asked=True, is_answered=True, disposition="")
    referring = report.answers.filter(asked=True, disposition=Disposition.SEE_QUESTION)
    wrong = list(referring.exclude(Exists(leads)).values_list("question__code", flat=True))
    if not wrong:
        return None
    return _("These questions refer to a question without an answer of its own: %(codes)s.") % {
        "codes": ", ".join(wrong)
    }


@asked_in_form
def date_given(report: Report, attempt: Attempt) -> str | None:
    until = attempt.facts.get("until")
    if not isinstance(until, datetime.date):
        return _("Give the date until which the bodies may object.")
    return _("That date has passed.") if until < timezone.localdate() else None


def everyone_heard(report: Report, attempt: Attempt) -> str | None:
    """Every body in the report has answered, or the date has passed: silence is recorded as silence."""
    if report.validation_until and report.validation_until < timezone.localdate():
        return None
    heard = set(report.replies.filter(round=report.validation_round).values_list("body_id", flat=True))
    waiting = len(report.body_ids - heard)
    if not waiting:
        return None
    return ngettext(
        "One body has not answered yet; its time runs until %(date)s.",
        "%(count)d bodies have not answered yet; their time runs until %(date)s.",
        waiting,
    ) % {"count": waiting, "date": formats.date_format(report.validation_until or timezone.localdate(), "DATE_FORMAT")}


def edit_objections_resolved(report: Report, attempt: Attempt) -> str | None:
    """An objection to an editorial change is resolved before endorsement, and no reason stands in for that."""
    objecting = Comment.objects.filter(section__report=report, is_objection=True).unresolved()
    found = list(objecting.order_by("section__position").values_list("section__slug", flat=True))
    if not found:
        return None
    return ngettext(
        "An objection to an editorial change is open and must be resolved before the endorsement: %(sections)s.",
        "%(count)d objections to editorial changes are open and must be resolved before the endorsement: %(sections)s.",
        len(found),
    ) % {"count": len(found), "sections": ", ".join(slug.upper() for slug in dict.fromkeys(found))}


@asked_in_form
def objections_settled(report: Report, attempt: Attempt) -> str | None:
    """No open objection of a body in validation, or a reason."""
    count = report.replies.filter(round=report.validation_round, reply=Reply.OBJECTION, settled_at__isnull=True).count()
    if not count or str(attempt.facts.get("objections_reason", "")).strip():
        return None
    return ngettext(
        "One objection is open. Settle it, or give the reason for endorsing all the same.",
        "%(count)d objections are open. Settle them, or give the reason for endorsing all the same.",
        count,
    ) % {"count": count}


@asked_in_form
def within_the_limit(report: Report, attempt: Attempt) -> str | None:
    words = int(attempt.facts.get("words") or 0)
    if not report.word_limit or words <= report.word_limit or str(attempt.facts.get("over_limit_reason", "")).strip():
        return None
    return _("The report has %(words)s words, the limit is %(limit)s. Give the reason for the length.") % {
        "words": formats.number_format(words),
        "limit": formats.number_format(report.word_limit),
    }


def translations_complete(report: Report, attempt: Attempt) -> str | None:
    """Geneva gets the whole report in the language of the submission, or not yet; an internal sheet goes nowhere."""
    if not report.cycle.is_translated or report.kind == ReportKind.INTERNAL_SHEET:
        return None
    left = sum(each.open for each in progress([report]).values())
    return still_to_translate(report, left) if left else None


def still_to_translate(report: Report, left: int) -> str:
    return ngettext(
        "One text is not translated into %(language)s, or its source has changed since.",
        "%(count)d texts are not translated into %(language)s, or their sources have changed since.",
        left,
    ) % {"count": left, "language": language_said(report.cycle.submission_language)}


def _said(name: str, sentence: Any) -> Any:
    @asked_in_form
    def requirement(report: Report, attempt: Attempt) -> str | None:
        return None if attempt.facts.get(name) else str(sentence)

    return requirement


def leaves_the_state(report: Report, attempt: Attempt) -> str | None:
    return _("An internal sheet is never transmitted.") if report.kind == ReportKind.INTERNAL_SHEET else None


S = ReportStatus
REPORT_MOVES = table(
    Move("open", {S.PLANNED}, S.DRAFTING, needs=CONCLUDE_REPORT, label=gettext_lazy("Open for drafting")),
    Move(
        "consolidate",
        {S.DRAFTING},
        S.CONSOLIDATION,
        needs=COORDINATE_REPORT,
        label=gettext_lazy("Consolidate"),
        requires=(all_cleared, references_lead_somewhere),
    ),
    # Made by reopening a section, in the same transaction; not offered by itself.
    Move(
        "back_to_drafting",
        {S.CONSOLIDATION, S.VALIDATION},
        S.DRAFTING,
        needs=COORDINATE_REPORT,
        label=gettext_lazy("Back to drafting"),
        requires=(reason_given,),
    ),
    Move(
        "validate",
        {S.CONSOLIDATION},
        S.VALIDATION,
        needs=COORDINATE_REPORT,
        label=gettext_lazy("Send for validation"),
        requires=(date_given,),
    ),
    Move(
        "back_to_consolidation",
        {S.VALIDATION, S.ENDORSED},
        S.CONSOLIDATION,
        needs=CONCLUDE_REPORT,
        label=gettext_lazy("Back to consolidation"),
        requires=(reason_given,),
    ),
    Move(
        "endorse",
        {S.VALIDATION},
        S.ENDORSED,
        needs=COORDINATE_REPORT,
        label=gettext_lazy("Record the endorsement"),
        requires=(
            everyone_heard,
            translations_complete,
            edit_objections_resolved,
            objections_settled,
            within_the_limit,
            _said("authority", gettext_lazy("Name the authority that endorsed the report.")),
            _said("endorsed_on", gettext_lazy("Give the date of the endorsement.")),
        ),
    ),
    Move(
        "transmit",
        {S.ENDORSED},
        S.TRANSMITTED,
        needs=TRANSMIT_REPORT,
        label=gettext_lazy("Record the transmission"),
        requires=(
            leaves_the_state,
            _said("note_verbale", gettext_lazy("Give the number of the note verbale.")),
            _said("sent_on", gettext_lazy("Give the date of the note verbale.")),
        ),
    ),
    Move(
        "receive",
        {S.TRANSMITTED},
        S.RECEIVED,
        needs=TRANSMIT_REPORT,
        label=gettext_lazy("Record the receipt"),
        requires=(_said("received_on", gettext_lazy("Give the date of the receipt.")),),
    ),
    Move(
        "returned_by_secretariat",
        {S.TRANSMITTED, S.RECEIVED},
        S.CONSOLIDATION,
        needs=TRANSMIT_REPORT,
        label=gettext_lazy("Record the secretariat’s return"),
        requires=(reason_given,),
    ),
    Move(
        "consider",
        {S.RECEIVED},
        S.CONSIDERED,
        needs=CONCLUDE_REPORT,
        label=gettext_lazy("Mark as considered"),
    ),
    Move("close", {S.CONSIDERED}, S.CLOSED, needs=CONCLUDE_REPORT, label=pgettext_lazy("report", "Close")),
)
