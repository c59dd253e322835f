"""Who may do what with reports (the table of design.md, section 3), and what groups and people are granted.

Each act lists the ways to hold it. "Lead" and "coordinator" are object permissions derived
below; "asked" is one on the contribution; the rest are rules by membership.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.acts import Act, Right, held
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Grant, Person, allows, grants_of, person, role_groups
from reporting.cycles.choices import COORDINATE, TRANSMIT
from reporting.reports.choices import (
    BEFORE_ENDORSED,
    COMMENT,
    COMMENT_ROUND,
    DRAFT,
    SEND,
    SEND_CONTRIBUTION,
    VIEW,
    WRITABLE,
    WRITE_CONTRIBUTION,
    ContributionStatus,
    ReportStatus,
    RoundStatus,
    SectionStatus,
)
from reporting.reports.models import Answer, ConsultationRound, Contribution, Report, ReportSection

WRITERS = (Role.DRAFTER, Role.FOCAL_POINT)
OPEN_TO_ALL_BODIES = {
    ReportStatus.VALIDATION,
    ReportStatus.ENDORSED,
    ReportStatus.TRANSMITTED,
    ReportStatus.RECEIVED,
    ReportStatus.CONSIDERED,
    ReportStatus.CLOSED,
}

# --- grants ------------------------------------------------------------------------------


@grants_of(ReportSection)
def section_grants(section: ReportSection) -> Iterable[Grant]:
    """Lead's focal points view, draft, comment and send; its drafters view and comment, and draft
    until some are named, then only those draft."""
    if section.lead_id is None or section.lead is None or not section.lead.is_active:
        return
    pairs = [(section.lead_id, Role.FOCAL_POINT), (section.lead_id, Role.DRAFTER)]
    groups = role_groups(pairs)
    focal, drafters = (groups.get((section.lead_id, str(role))) for _body, role in pairs)
    named = list(section.named.values_list("user_id", flat=True))
    if focal is not None:
        yield from (Grant(code, group_id=focal) for code in (VIEW, DRAFT, COMMENT, SEND))
    if drafters is not None:
        yield from (Grant(code, group_id=drafters) for code in (VIEW, COMMENT))
        if not named:
            yield Grant(DRAFT, group_id=drafters)
    yield from (Grant(DRAFT, user_id=user) for user in named)


@grants_of(Contribution)
def contribution_grants(contribution: Contribution) -> Iterable[Grant]:
    """The asked body's focal points write and send, its drafters write, until it is withdrawn."""
    if contribution.status == ContributionStatus.WITHDRAWN or not contribution.body.is_active:
        return
    pairs = [(contribution.body_id, Role.FOCAL_POINT), (contribution.body_id, Role.DRAFTER)]
    for (_body, role), group in role_groups(pairs).items():
        yield Grant(WRITE_CONTRIBUTION, group_id=group)
        if role == Role.FOCAL_POINT:
            yield Grant(SEND_CONTRIBUTION, group_id=group)


@grants_of(ConsultationRound)
def round_grants(consultation: ConsultationRound) -> Iterable[Grant]:
    pairs = [(pk, Role.CONSULTED) for pk in consultation.bodies.filter(is_active=True).values_list("pk", flat=True)]
    for group in role_groups(pairs).values():
        yield Grant(COMMENT_ROUND, group_id=group)


# --- ways to hold a right ----------------------------------------------------------------


def _asked_in(who: Person, section: ReportSection, permission: str = WRITE_CONTRIBUTION) -> list[Contribution]:
    """The contributions to a section in which the person's body is asked."""
    live = [row for row in section.contributions.all() if row.status != ContributionStatus.WITHDRAWN]
    who.prefetch([row for row in live if not who.has_learned(permission, row)])
    return [row for row in live if who.holds(permission, row)]


def is_asked(who: Person, section: ReportSection) -> bool:
    return bool(_asked_in(who, section))


def _is_asked_for(who: Person, answer: Answer) -> bool:
    return any(answer.pk in row.answer_ids for row in _asked_in(who, answer.section))


def _may_write_contribution(who: Person, answer: Answer) -> bool:
    pending = {ContributionStatus.ASKED, ContributionStatus.RETURNED}
    return any(answer.pk in row.answer_ids and row.status in pending for row in _asked_in(who, answer.section))


def _has_part(who: Person, report: Report) -> bool:
    """Drafter or focal point of a body that leads a section of the report or is asked in one."""
    return bool(who.bodies(*WRITERS) & report.body_ids)


def is_focal_of_part(who: Person, report: Report) -> bool:
    return bool(who.bodies(Role.FOCAL_POINT) & report.body_ids)


def _reads_others(who: Person, section: ReportSection) -> bool:
    """Open drafting, or validation and later: every body in the report reads all of it."""
    report = section.report
    state = who.user.state_party
    is_open = report.status in OPEN_TO_ALL_BODIES or (state is not None and state.open_drafting)
    return is_open and _has_part(who, report)


def _is_consulted(who: Person, report: Report) -> bool:
    mine = who.bodies(Role.CONSULTED)
    return bool(mine) and any(mine & {body.pk for body in row.bodies.all()} for row in report.rounds.all())


def _is_member(who: Person, subject: Any) -> bool:
    """Any member of the State that the subject belongs to, consulted bodies apart."""
    inside = who.bodies(Role.DRAFTER, Role.FOCAL_POINT, Role.COORDINATOR, Role.MISSION)
    return who.user.state_party_id == subject.state_party_id and bool(inside)


def _reads_published(who: Person, submission: Any) -> bool:
    at = submission.report.published_at
    # A later submission is published by a decision of its own.
    published = at is not None and submission.recorded_at <= at
    return published and who.user.state_party_id == submission.state_party_id and who.has_role(Role.CONSULTED)


# --- states ------------------------------------------------------------------------------


def report_of(subject: Any) -> Report:
    """The report that a section, answer, contribution, round or submission belongs to."""
    if isinstance(subject, Report):
        return subject
    section = section_of(subject)
    return section.report if section is not None else subject.report


def section_of(subject: Any) -> ReportSection | None:
    return subject if isinstance(subject, ReportSection) else getattr(subject, "section", None)


def report_in_drafting(subject: Any) -> str | None:
    report = report_of(subject)
    if report.status == ReportStatus.DRAFTING:
        return None
    return _("The report is in “%(state)s”, so its sections are not open for writing.") % {
        "state": report.get_status_display()
    }


def before_endorsed(subject: Any) -> str | None:
    return None if report_of(subject).status in BEFORE_ENDORSED else _("The report has been endorsed.")


def section_writable(subject: Any) -> str | None:
    section = section_of(subject)
    if section is None or section.status in WRITABLE:
        return None
    if section.status == SectionStatus.CLEARED:
        return _("The section has been cleared, so its text is locked. A coordinator can reopen it.")
    return _("The section is in review, so its text is locked. A coordinator can return it.")


def before_cleared(subject: Any) -> str | None:
    section = section_of(subject)
    return _("The section has been cleared.") if section and section.status == SectionStatus.CLEARED else None


def _editorial_state(subject: Any) -> str | None:
    section = section_of(subject)
    if section is None or section.status not in {SectionStatus.IN_REVIEW, SectionStatus.CLEARED}:
        return _("Coordinators edit a section that is in review or cleared.")
    if section.report.status not in {ReportStatus.DRAFTING, ReportStatus.CONSOLIDATION}:
        return _("Coordinators edit while the report is drafted or consolidated.")
    return None


def _in_validation(subject: Any) -> str | None:
    return None if report_of(subject).status == ReportStatus.VALIDATION else _("The report is not in validation.")


def _endorsed(subject: Any) -> str | None:
    if report_of(subject).status in BEFORE_ENDORSED:
        return _("The report has not been endorsed.")
    return None


def _round_open(subject: ConsultationRound) -> str | None:
    return None if subject.status == RoundStatus.OPEN else _("The consultation has closed.")


def _answer_asked(subject: Answer) -> str | None:
    return None if subject.asked else _("This question is not asked in this report.")


_cycle_of_section = attrgetter("report.cycle")
_cycle_of_answer = attrgetter("section.report.cycle")
_cycle_of_report = attrgetter("cycle")
_section = attrgetter("section")

_C_ONLY = gettext_lazy("Only the coordinators of this report may do this.")
_FOCAL_ONLY = gettext_lazy("Only the focal points of the lead body may do this.")

# --- acts on sections and answers --------------------------------------------------------

SEE_SECTION = Act(
    "see_section",
    rights=(held(VIEW), held(COORDINATE, on=_cycle_of_section), Right(_reads_others)),
    denial=gettext_lazy("This section is read by its lead body and the coordinators."),
)
SEE_PART_OF_SECTION = Act(
    "see_part_of_section",
    rights=(*SEE_SECTION.rights, Right(is_asked)),
    denial=gettext_lazy("This section is read by its lead body, the bodies asked to contribute, and the coordinators."),
)
SEE_ANSWER = Act(
    "see_answer",
    rights=(
        held(VIEW, on=_section),
        held(COORDINATE, on=_cycle_of_answer),
        Right(lambda who, answer: _reads_others(who, answer.section)),
        Right(_is_asked_for),
    ),
    denial=gettext_lazy("This answer is read by the lead body, the bodies asked for it, and the coordinators."),
)
EDIT_ANSWER = Act(
    "edit_answer",
    rights=(held(DRAFT, on=_section), Right(_may_write_contribution)),
    denial=gettext_lazy("Only the drafters of the lead body, and bodies asked for this question, may write here."),
    only_while=(_answer_asked, report_in_drafting, section_writable),
)
EDIT_EDITORIALLY = Act(
    "edit_editorially",
    rights=(held(COORDINATE, on=_cycle_of_section),),
    denial=_C_ONLY,
    only_while=(_editorial_state,),
)
UPLOAD_TO_SECTION = Act(
    "upload_to_section",
    rights=(held(DRAFT),),
    denial=gettext_lazy("Only the drafters of the lead body may add files to the section as a whole."),
    only_while=(report_in_drafting, section_writable),
)
START_SECTION = Act(
    "start_section",
    rights=(held(DRAFT), Right(is_asked)),
    denial=gettext_lazy("Only the drafters of the lead body, and bodies asked to contribute, may write here."),
    only_while=(report_in_drafting,),
)
SEND_SECTION = Act("send_section", rights=(held(SEND),), denial=_FOCAL_ONLY)
NAME_DRAFTERS = Act("name_drafters", rights=(held(SEND),), denial=_FOCAL_ONLY, only_while=(before_cleared,))
COORDINATE_SECTION = Act("coordinate_section", rights=(held(COORDINATE, on=_cycle_of_section),), denial=_C_ONLY)
SEE_HISTORY = Act(
    "see_history",
    rights=(held(VIEW), held(COORDINATE, on=_cycle_of_section)),
    denial=gettext_lazy("The history is read by the lead body and the coordinators."),
)
COMMENT_ON_SECTION = Act(
    "comment_on_section",
    rights=(
        held(COMMENT),
        held(COORDINATE, on=_cycle_of_section),
        Right(is_asked),
        Right(lambda who, section: is_focal_of_part(who, section.report), only_while=(_in_validation,)),
    ),
    denial=gettext_lazy("Comments are written by the bodies of the section and the coordinators."),
    only_while=(before_endorsed,),
)
RESOLVE_COMMENT = Act(
    "resolve_comment",
    rights=(held(COMMENT), held(COORDINATE, on=_cycle_of_section)),
    denial=gettext_lazy("The lead body and the coordinators resolve comments."),
    only_while=(before_endorsed,),
)
EXPORT_SECTION = Act("export_section", rights=SEE_PART_OF_SECTION.rights, denial=SEE_PART_OF_SECTION.denial)

# --- acts on contributions ---------------------------------------------------------------

ASK_CONTRIBUTION = Act(
    "ask_contribution",
    rights=(held(COORDINATE, on=_cycle_of_section), held(SEND)),
    denial=gettext_lazy("The coordinators and the lead's focal points ask other bodies."),
    only_while=(before_cleared, report_in_drafting),
)
SEND_A_CONTRIBUTION = Act(
    "send_a_contribution",
    rights=(held(SEND_CONTRIBUTION),),
    denial=gettext_lazy("Only the focal points of the body asked may send it."),
)
SETTLE_CONTRIBUTION = Act("settle_contribution", rights=(held(SEND, on=_section),), denial=_FOCAL_ONLY)
WITHDRAW_CONTRIBUTION = Act(
    "withdraw_contribution",
    rights=(held(COORDINATE, on=_cycle_of_answer), held(SEND, on=_section)),
    denial=gettext_lazy("The coordinators and the lead's focal points withdraw what was asked."),
)

# --- acts on reports ---------------------------------------------------------------------

SEE_REPORT = Act(
    "see_report",
    rights=(
        held(COORDINATE, on=_cycle_of_report),
        held(TRANSMIT, on=_cycle_of_report),
        Right(_has_part),
        Right(_is_consulted),
    ),
    denial=gettext_lazy(
        "The overview is shown to the bodies in the report, the coordinators and the permanent mission."
    ),
)
SEE_WHOLE_REPORT = Act(
    "see_whole_report",
    rights=(
        held(COORDINATE, on=_cycle_of_report),
        Right(lambda who, report: report.status in OPEN_TO_ALL_BODIES and _has_part(who, report)),
    ),
    denial=gettext_lazy("The whole draft is read by the coordinators, and by every body from validation on."),
)
COORDINATE_REPORT = Act(
    "coordinate_report",
    rights=(held(COORDINATE, on=_cycle_of_report),),
    denial=_C_ONLY,
    only_while=(before_endorsed,),
)
CONCLUDE_REPORT = Act("conclude_report", rights=(held(COORDINATE, on=_cycle_of_report),), denial=_C_ONLY)
TRANSMIT_REPORT = Act(
    "transmit_report",
    rights=(held(TRANSMIT, on=_cycle_of_report), held(COORDINATE, on=_cycle_of_report)),
    denial=gettext_lazy("The permanent mission and the coordinators record transmission and receipt."),
)
PUBLISH_REPORT = Act(
    "publish_report",
    rights=(held(COORDINATE, on=_cycle_of_report),),
    denial=_C_ONLY,
    only_while=(_endorsed,),
)
OBJECT = Act(
    "object",
    rights=(Right(is_focal_of_part),),
    denial=gettext_lazy("The focal points of the bodies in the report object or record no objection."),
    only_while=(_in_validation,),
)
EXPORT_REPORT = Act(
    "export_report",
    rights=(held(COORDINATE, on=_cycle_of_report), Right(_has_part)),
    denial=gettext_lazy("The draft is exported by the bodies in it and the coordinators."),
)
READ_SUBMISSION = Act(
    "read_submission",
    rights=(Right(_is_member), Right(_reads_published)),
    denial=gettext_lazy("Submissions are read within the State, and by consulted bodies once they are published."),
)

# --- acts on consultation rounds ---------------------------------------------------------

SEE_ROUND = Act(
    "see_round",
    rights=(held(COMMENT_ROUND), held(COORDINATE, on=attrgetter("report.cycle"))),
    denial=gettext_lazy("The consultation is shown to the bodies consulted and the coordinators."),
    hidden=True,
)
COMMENT_IN_ROUND = Act(
    "comment_in_round",
    rights=(held(COMMENT_ROUND, only_while=(_round_open,)),),
    denial=gettext_lazy("Only the bodies consulted comment here."),
    sees=SEE_ROUND,
)
ANSWER_IN_ROUND = Act(
    "answer_in_round",
    rights=(held(COORDINATE, on=attrgetter("report.cycle")),),
    denial=_C_ONLY,
    only_while=(before_endorsed,),
    sees=SEE_ROUND,
)
CLOSE_ROUND = Act(
    "close_round", rights=(held(COORDINATE, on=attrgetter("report.cycle")),), denial=_C_ONLY, sees=SEE_ROUND
)


# --- what one may see --------------------------------------------------------------------


def visible_sections(user: User, report: Report) -> list[ReportSection]:
    """The sections of a report of which the user may read anything, in order: four statements at most."""
    who = person(user)
    rows = report.sections.for_page().prefetch_related("contributions__answers")
    sections = list(rows)
    for section in sections:
        section.report = report
    who.prefetch(sections)
    who.prefetch([row for section in sections for row in section.contributions.all()])
    return [section for section in sections if allows(user, SEE_PART_OF_SECTION, section)]


def visible_answer_ids(user: User, section: ReportSection) -> set[int] | None:
    """Ids of the answers of a section that the user may read; None means all of them."""
    if allows(user, SEE_SECTION, section):
        return None
    who = person(user)
    return {pk for row in _asked_in(who, section) for pk in row.answer_ids}
