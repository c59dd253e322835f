"""A version that matters gets a name; what the product named keeps that name."""

import uuid

import pytest

from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry
from reporting.reports.models import AnswerVersion
from reporting.reports.services.naming import LONGEST_NAME, name_version
from reporting.reports.services.section import move_section
from tests.reporting.reports import factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(cast):
    report = made.report(cast)
    made.write(made.section(report, "f1"), "Agencies are licensed.", cast.dana)
    return made.section(report, "f1")


@pytest.fixture
def version(section) -> AnswerVersion:
    return AnswerVersion.objects.filter(answer__section=section).latest("pk")


@pytest.mark.parametrize("person", ["dana", "jonas", "amina"])
def test_the_lead_and_the_coordinators_name_a_version_and_the_record_says_so(cast, section, version, person):
    by = getattr(cast, person)

    name_version(section, version=version.pk, name="  As the minister  saw it ", by=by)

    version.refresh_from_db()
    assert version.name == "As the minister saw it"
    act = HistoryEntry.objects.filter(act="version.name").latest("pk")
    assert (act.actor_name, act.facts["name"]) == (by.name, "As the minister saw it")


def test_a_name_may_be_changed_and_taken_away(cast, section, version):
    for name in ("First", "Second", ""):
        name_version(section, version=version.pk, name=name, by=cast.dana)
        version.refresh_from_db()
        assert version.name == name


@pytest.mark.parametrize(
    ("name", "reason"),
    [("x" * (LONGEST_NAME + 1), "120 characters"), ("cleared", "Choose another name")],
)
def test_a_name_that_is_none_is_refused_with_a_sentence(cast, section, version, name, reason):
    with pytest.raises(Refused, match=reason):
        name_version(section, version=version.pk, name=name, by=cast.dana)


def test_what_the_product_named_keeps_that_name(cast, section, version):
    move_section(section, move="send_for_review", by=cast.jonas)

    with pytest.raises(Refused, match="keeps that name"):
        name_version(section, version=version.pk, name="Mine", by=cast.amina)


def test_nobody_else_names_one_and_no_other_section_has_it(cast, section, version):
    with pytest.raises(Refused, match="lead body and the coordinators"):
        name_version(section, version=version.pk, name="Mine", by=cast.rosa)
    with pytest.raises(Refused) as refused:
        name_version(section, version=version.pk + 999, name="Mine", by=cast.dana)
    assert refused.value.denial is Denial.HIDDEN


def test_the_history_shows_the_name(section, version, cast, signed_in):
    page = f"/reports/{section.report.slug}/sections/f1/history/"

    answer = signed_in(cast.dana).post(f"{page}{version.pk}/name/", {"name": "As the minister saw it"}, follow=True)

    assert "The version is called “As the minister saw it”." in answer.content.decode()
    assert "<b>As the minister saw it</b>" in answer.content.decode()


def test_who_wrote_what_names_everybody_who_put_words_into_a_paragraph(section, cast, signed_in):
    key = section.answers.order_by("question__position").first().paragraphs.get().key
    made.write(section, "Agencies are licensed and inspected.", cast.jonas, key=str(key))
    page = f"/reports/{section.report.slug}/sections/f1/history/paragraphs/"

    html = signed_in(cast.amina).get(page).content.decode()
    assert "<bdi>Dana</bdi>, <bdi>Jonas</bdi>" in html
    assert "Agencies are licensed and inspected." in html

    through = signed_in(cast.dana).get(f"{page}{key}/").content.decode()
    assert through.index("Jonas") < through.index("Dana", through.index("<ol"))
    assert "and inspected" in through
    assert through.count("Restore this wording") == 1
    assert signed_in(cast.dana).get(f"{page}{uuid.uuid4()}/").status_code == 404


def test_who_wrote_what_costs_the_same_however_long_the_history(section, cast, signed_in, statements):
    key = str(section.answers.order_by("question__position").first().paragraphs.get().key)
    dana, costs = signed_in(cast.dana), []
    page = f"/reports/{section.report.slug}/sections/f1/history/paragraphs/"
    for text in ("One.", "Two.", "Three."):
        made.write(section, text, cast.dana, key=key)
        for address in (page, f"{page}{key}/"):
            with statements() as seen:
                dana.get(address)
            costs.append(len(seen))

    assert costs[0:2] == costs[2:4] == costs[4:6]
