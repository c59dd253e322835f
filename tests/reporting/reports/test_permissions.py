"""Who may do what, and while what: the table of design.md, section 3, written out again.

Each act names its persons and, for each of them, the states in which the act is allowed. What is
not named is refused: the tests walk every person through every state.
"""

import itertools
from types import SimpleNamespace

import pytest

from accounts.acts import Act
from accounts.choices import BodyKind, Role
from accounts.permissions import allows, regrant
from reporting.cycles.permissions import COORDINATE_CYCLE, FILE_DOCUMENT, OPEN_CYCLE, SEE_CYCLE, SWITCH_OPEN_DRAFTING
from reporting.reports import permissions
from reporting.reports.choices import ContributionStatus, ReportStatus, RoundStatus, SectionStatus
from reporting.reports.models import Answer, ConsultationRound, Contribution, Report, Submission
from reporting.reports.services.consultation import open_round
from reporting.reports.services.contribution import ask_contribution
from reporting.reports.services.section import name_drafters
from tests import factories
from tests.reporting.reports import factories as made

REPORT = [str(each) for each in ReportStatus]
SECTION = [str(each) for each in SectionStatus]
CONTRIBUTION = [str(each) for each in ContributionStatus]
BEFORE_ENDORSED = ["planned", "drafting", "consolidation", "validation"]
LATER = ["endorsed", "transmitted", "received", "considered", "closed"]
FROM_VALIDATION = ["validation", *LATER]
WRITABLE = ["not_started", "drafting", "returned"]
BEFORE_CLEARED = ["not_started", "drafting", "in_review", "returned"]

COORDINATORS = ["amina", "wen"]
LEAD_FOCAL = ["jonas"]
LEAD = ["dana", "dora", "jonas"]  # Dana is named, Dora is not
LEAD_DRAFTING = ["dana", "jonas"]
ASKED_FOCAL = ["ines"]
ASKED = ["ines", "omar"]
OTHERS = ["rosa"]  # focal point of a body that leads another section
EVERY_FOCAL = ["jonas", "ines", "rosa"]
PARTS = ["dana", "dora", "jonas", "ines", "omar", "rosa", "pia"]
# Whose part was withdrawn has none in the report.
OTHER_PARTS = ["dana", "dora", "jonas", "rosa", "pia"]
NOT_WITHDRAWN = ["asked", "sent", "returned", "taken_over"]
# Nobody of these ever has a right to a section: another body's coordinator, the administrator, another
# State, one who runs the machine, an account closed though its grants stand, an officer, one without a body.
NEVER = ["otto", "adam", "idris", "root", "gone", "oona", "nobody"]
EVERYBODY = [*COORDINATORS, *PARTS, "mina", "nuri", "nils", *NEVER]

ALWAYS = (REPORT, SECTION)


def during(report=None, section=None):
    return (report or REPORT, section or SECTION)


IN_VALIDATION = during(["validation"])
WRITING = during(["drafting"], WRITABLE)

# act: [(persons, (states of the report, states of the section))]; the section is F1, led by Health, open drafting off
SECTION_ACTS = {
    "SEE_SECTION": [(COORDINATORS, ALWAYS), (LEAD, ALWAYS), (PARTS, during(FROM_VALIDATION))],
    "SEE_PART_OF_SECTION": [(COORDINATORS, ALWAYS), (LEAD, ALWAYS), (ASKED, ALWAYS), (PARTS, during(FROM_VALIDATION))],
    "EDIT_EDITORIALLY": [(COORDINATORS, during(["drafting", "consolidation"], ["in_review", "cleared"]))],
    "START_SECTION": [(LEAD_DRAFTING, during(["drafting"])), (ASKED, during(["drafting"]))],
    "UPLOAD_TO_SECTION": [(LEAD_DRAFTING, WRITING)],
    "SEND_SECTION": [(LEAD_FOCAL, ALWAYS)],
    "NAME_DRAFTERS": [(LEAD_FOCAL, during(None, BEFORE_CLEARED))],
    "COORDINATE_SECTION": [(COORDINATORS, ALWAYS)],
    "SEE_HISTORY": [(COORDINATORS, ALWAYS), (LEAD, ALWAYS)],
    "COMMENT_ON_SECTION": [
        (COORDINATORS, during(BEFORE_ENDORSED)),
        (LEAD, during(BEFORE_ENDORSED)),
        (ASKED, during(BEFORE_ENDORSED)),
        (EVERY_FOCAL, IN_VALIDATION),
    ],
    "RESOLVE_COMMENT": [(COORDINATORS, during(BEFORE_ENDORSED)), (LEAD, during(BEFORE_ENDORSED))],
    "EXPORT_SECTION": [(COORDINATORS, ALWAYS), (LEAD, ALWAYS), (ASKED, ALWAYS), (PARTS, during(FROM_VALIDATION))],
    "ASK_CONTRIBUTION": [
        (COORDINATORS, during(["drafting"], BEFORE_CLEARED)),
        (LEAD_FOCAL, during(["drafting"], BEFORE_CLEARED)),
    ],
}
# of the question asked of Labour, and of one that was not; the states of the contribution that allow it besides
ANSWER_ACTS = {
    ("SEE_ANSWER", "asked"): [
        (COORDINATORS, ALWAYS, CONTRIBUTION),
        (LEAD, ALWAYS, CONTRIBUTION),
        (ASKED, ALWAYS, NOT_WITHDRAWN),
        (PARTS, during(FROM_VALIDATION), NOT_WITHDRAWN),
        (OTHER_PARTS, during(FROM_VALIDATION), ["withdrawn"]),
    ],
    ("SEE_ANSWER", "not asked"): [
        (COORDINATORS, ALWAYS, CONTRIBUTION),
        (LEAD, ALWAYS, CONTRIBUTION),
        (PARTS, during(FROM_VALIDATION), NOT_WITHDRAWN),
        (OTHER_PARTS, during(FROM_VALIDATION), ["withdrawn"]),
    ],
    ("EDIT_ANSWER", "asked"): [(LEAD_DRAFTING, WRITING, CONTRIBUTION), (ASKED, WRITING, ["asked", "returned"])],
    ("EDIT_ANSWER", "not asked"): [(LEAD_DRAFTING, WRITING, CONTRIBUTION)],
}
CONTRIBUTION_ACTS = {
    "SEND_A_CONTRIBUTION": ASKED_FOCAL,
    "SETTLE_CONTRIBUTION": LEAD_FOCAL,
    "WITHDRAW_CONTRIBUTION": [*COORDINATORS, *LEAD_FOCAL],
}
REPORT_ACTS = {
    "SEE_REPORT": [(COORDINATORS, REPORT), (PARTS, REPORT), (["mina", "nuri"], REPORT)],
    "SEE_WHOLE_REPORT": [(COORDINATORS, REPORT), (PARTS, FROM_VALIDATION)],
    "COORDINATE_REPORT": [(COORDINATORS, BEFORE_ENDORSED)],
    "CONCLUDE_REPORT": [(COORDINATORS, REPORT)],
    "TRANSMIT_REPORT": [([*COORDINATORS, "mina"], REPORT)],
    "PUBLISH_REPORT": [(COORDINATORS, LATER)],
    "OBJECT": [(EVERY_FOCAL, ["validation"])],
    "EXPORT_REPORT": [(COORDINATORS, REPORT), (PARTS, REPORT)],
}
ROUND_ACTS = {
    "SEE_ROUND": [([*COORDINATORS, "nuri"], REPORT, ["open", "closed"])],
    "COMMENT_IN_ROUND": [(["nuri"], REPORT, ["open"])],
    "ANSWER_IN_ROUND": [(COORDINATORS, BEFORE_ENDORSED, ["open", "closed"])],
    "CLOSE_ROUND": [(COORDINATORS, REPORT, ["open", "closed"])],
}
MEMBERS = [*COORDINATORS, *PARTS, "mina", "otto"]  # everybody of the State in a body that is not consulted


@pytest.fixture
def house(cast):
    """The cast and all who should be kept out; a report with F1 in all the hands it can be in."""
    labour = factories.body(cast.arcadia, "labour", remits=["labour"])
    second = factories.body(cast.arcadia, "second", kind=BodyKind.MECHANISM, coordinates=True)
    union = factories.body(cast.arcadia, "union", kind=BodyKind.CONSULTED)
    house = SimpleNamespace(
        **vars(cast),
        dora=factories.member("Dora", cast.health, Role.DRAFTER),
        ines=factories.member("Ines", labour, Role.FOCAL_POINT),
        omar=factories.member("Omar", labour, Role.DRAFTER),
        pia=factories.member("Pia", cast.justice, Role.DRAFTER),
        nils=factories.member("Nils", union, Role.CONSULTED),
        otto=factories.member("Otto", second, Role.COORDINATOR),
        adam=factories.person("Adam", state=cast.arcadia, is_administrator=True),
        gone=factories.member("Gone", cast.health, Role.FOCAL_POINT),
        root=factories.member("Root", cast.mechanism, Role.COORDINATOR),
        oona=factories.officer("Oona", factories.agency()),
        nobody=factories.person("Nobody", state=cast.arcadia),
    )
    type(house.root).objects.filter(pk=house.root.pk).update(is_superuser=True)
    house.root.refresh_from_db()
    house.report = made.report(cast)
    section = made.section(house.report, "f1")
    name_drafters(section, [cast.dana], by=cast.jonas)
    answers = list(section.answers.order_by("question__position"))
    house.contribution = ask_contribution(section, body=labour, answers=answers[:1], by=cast.jonas)
    house.answers = {"asked": answers[0], "not asked": answers[1]}
    shown = [made.section(house.report, "f1")]
    closes = made.datetime.date.today()
    house.round = open_round(house.report, sections=shown, bodies=[cast.nhri], closes_on=closes, by=cast.amina)
    # Closed after everything was granted: the grants of the group are still there.
    type(house.gone).objects.filter(pk=house.gone.pk).update(is_active=False)
    house.gone.refresh_from_db()
    return house


def allowed_now(house, act, subject) -> set[str]:
    return {name for name in EVERYBODY if allows(getattr(house, name), act, subject)}


def fetch(model, pk, *related):
    return model.objects.select_related(*related).get(pk=pk)


def expected(rows, *states) -> set[str]:
    """Those whom a row names, in a row that lists every one of the states."""
    return {
        name
        for persons, *lists in rows
        for name in persons
        if all(s in each for s, each in zip(states, lists, strict=True))
    }


@pytest.mark.parametrize("name", SECTION_ACTS)
def test_acts_on_sections(house, name):
    act, rows = getattr(permissions, name), [(who, *states) for who, states in SECTION_ACTS[name]]
    section, wrong = made.section(house.report, "f1"), {}
    for report_state, section_state in itertools.product(REPORT, SECTION):
        section.report.status, section.status = report_state, section_state
        found = allowed_now(house, act, section)
        if found != expected(rows, report_state, section_state):
            wrong[report_state, section_state] = found ^ expected(rows, report_state, section_state)

    assert wrong == {}


@pytest.mark.parametrize(("name", "which"), ANSWER_ACTS)
def test_acts_on_answers(house, name, which):
    act = getattr(permissions, name)
    rows = [(who, *states, contribution) for who, states, contribution in ANSWER_ACTS[name, which]]
    wrong = {}
    for contribution_state in CONTRIBUTION:
        made.set_state(house.contribution, contribution_state)
        regrant(Contribution.objects.get(pk=house.contribution.pk))
        answer = fetch(Answer, house.answers[which].pk, "section__report__cycle", "section__report__state_party")
        for report_state, section_state in itertools.product(REPORT, SECTION):
            answer.section.report.status, answer.section.status = report_state, section_state
            found = allowed_now(house, act, answer)
            wanted = expected(rows, report_state, section_state, contribution_state)
            if found != wanted:
                wrong[report_state, section_state, contribution_state] = found ^ wanted

    assert wrong == {}


@pytest.mark.parametrize("name", CONTRIBUTION_ACTS)
def test_acts_on_contributions_are_bound_to_persons_and_their_moves_to_states(house, name):
    contribution = fetch(Contribution, house.contribution.pk, "section__report__cycle", "body")

    assert allowed_now(house, getattr(permissions, name), contribution) == set(CONTRIBUTION_ACTS[name])


@pytest.mark.parametrize("name", REPORT_ACTS)
def test_acts_on_reports(house, name):
    report, wrong = fetch(Report, house.report.pk, "cycle"), {}
    for state in REPORT:
        report.status = state
        found, wanted = allowed_now(house, getattr(permissions, name), report), expected(REPORT_ACTS[name], state)
        if found != wanted:
            wrong[state] = found ^ wanted

    assert wrong == {}


@pytest.mark.parametrize("name", ROUND_ACTS)
def test_acts_on_consultations(house, name):
    consultation, wrong = fetch(ConsultationRound, house.round.pk, "report__cycle"), {}
    for report_state, state in itertools.product(REPORT, [str(each) for each in RoundStatus]):
        consultation.report.status, consultation.status = report_state, state
        found = allowed_now(house, getattr(permissions, name), consultation)
        wanted = expected(ROUND_ACTS[name], report_state, state)
        if found != wanted:
            wrong[report_state, state] = found ^ wanted

    assert wrong == {}


def test_submissions_are_read_by_every_member_and_by_bodies_consulted_once_published(house):
    now = made.datetime.datetime.now(made.datetime.UTC)
    submission = Submission(report=house.report, state_party=house.arcadia, recorded_at=now)

    assert allowed_now(house, permissions.READ_SUBMISSION, submission) == set(MEMBERS)
    house.report.published_at = now
    assert allowed_now(house, permissions.READ_SUBMISSION, submission) == {*MEMBERS, "nuri", "nils"}
    submission.recorded_at = now + made.datetime.timedelta(days=1)
    assert allowed_now(house, permissions.READ_SUBMISSION, submission) == set(MEMBERS)


def test_open_drafting_lets_every_body_in_the_report_read_and_no_more(house):
    type(house.arcadia).objects.update(open_drafting=True)
    for name in EVERYBODY:
        getattr(house, name).refresh_from_db()
    section = made.section(house.report, "f1")

    assert allowed_now(house, permissions.SEE_SECTION, section) == {*COORDINATORS, *PARTS}
    assert allowed_now(house, permissions.COMMENT_ON_SECTION, section) == {*COORDINATORS, *LEAD, *ASKED}
    assert allowed_now(house, permissions.SEE_HISTORY, section) == {*COORDINATORS, *LEAD}


@pytest.mark.parametrize(
    ("act", "subject", "persons"),
    [
        (OPEN_CYCLE, "mechanism", [*COORDINATORS, "otto"]),
        (SWITCH_OPEN_DRAFTING, "arcadia", [*COORDINATORS, "otto"]),
        (SEE_CYCLE, "cycle", [*COORDINATORS, "mina", "otto"]),
        (COORDINATE_CYCLE, "cycle", COORDINATORS),
        (FILE_DOCUMENT, "cycle", [*COORDINATORS, "mina"]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_acts_on_cycles(house, act, subject, persons):
    on = house.report.cycle if subject == "cycle" else getattr(house, subject)

    assert allowed_now(house, act, on) == set(persons)


def test_every_act_of_the_room_stands_in_a_table():
    acts = {name for name, value in vars(permissions).items() if isinstance(value, Act)}
    tables = {*SECTION_ACTS, *(name for name, _which in ANSWER_ACTS), *CONTRIBUTION_ACTS, *REPORT_ACTS, *ROUND_ACTS}

    assert acts == {*tables, "READ_SUBMISSION"}
