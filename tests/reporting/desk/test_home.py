"""Where people start, and what they find."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from accounts.choices import Role
from config.scale.reports import add_reports
from reporting.desk.presenters.search import _sections as sections_found
from reporting.desk.presenters.sections import AT_WORK
from reporting.reports.choices import WRITABLE
from reporting.reports.models import Paragraph, Report, ReportSection
from reporting.reports.services.comment import add_comment
from reporting.reports.services.contribution import ask_contribution
from reporting.reports.services.section import move_section, name_drafters
from tests import factories
from tests.reporting.reports import factories as made
from tests.reporting.reports import library


@pytest.fixture
def report(cast):
    return made.report(cast)


def body(response) -> str:
    return response.content.decode()


def test_the_bare_address_leads_in_or_home(cast, client, signed_in):
    assert client.get("/").url == "/account/login/"
    assert signed_in(cast.dana).get("/").url == "/home/"


def test_a_drafter_sees_the_sections_of_the_body_grouped_by_urgency(cast, report, signed_in):
    report.sections.filter(slug="g1").update(due_on=datetime.date.today() + datetime.timedelta(days=3))
    made.write(made.section(report, "f1"), "The text of f1.", cast.dana)
    move_section(made.section(report, "f1"), move="send_for_review", by=cast.jonas)

    desk = signed_in(cast.dana).get("/home/").context["desk"]

    assert [(group.title, [task["code"] for task in group.tasks]) for group in desk.groups] == [
        ("Do next", ["G1"]),
        ("With the coordinator", ["F1"]),
    ]
    assert desk.sentence.startswith("1 section is with you. The next, G1, is due on ")


def test_a_returned_section_comes_first_with_the_coordinator_s_words(cast, report, signed_in):
    made.write(made.section(report, "f1"), "The text of f1.", cast.dana)
    move_section(made.section(report, "f1"), move="send_for_review", by=cast.jonas)
    move_section(made.section(report, "f1"), move="return", by=cast.amina, reason="Say since when.")

    task = signed_in(cast.dana).get("/home/").context["desk"].groups[0].tasks[0]

    assert (task["code"], task["note"]) == ("F1", {"strong": "Amina, coordinator:", "text": "Say since when."})


def test_a_section_with_named_drafters_is_with_them_and_in_the_ministry_s_list(cast, report, signed_in):
    dora = factories.member("Dora", cast.health, Role.DRAFTER)
    name_drafters(made.section(report, "f1"), [dora], by=cast.jonas)

    def codes(user, view: str) -> set[str]:
        desk = signed_in(user).get(f"/home/?view={view}").context["desk"]
        return {task["code"] for group in desk.groups for task in group.tasks}

    assert codes(dora, "sections") == {"F1", "G1"}
    assert codes(cast.dana, "sections") == {"G1"}
    assert codes(cast.jonas, "ministry") == {"F1", "G1"}
    assert "Dora" in body(signed_in(cast.jonas).get("/home/?view=ministry"))


def test_what_is_asked_of_a_body_is_on_its_desk_and_on_no_other(cast, report, signed_in):
    section = made.section(report, "f2")
    ask_contribution(section, body=cast.health, answers=section.answers.all()[:1], by=cast.rosa, note="canary-note")

    assert [row["code"] for row in signed_in(cast.dana).get("/home/").context["desk"].asked] == ["F2"]
    assert "canary-note" not in body(signed_in(cast.rosa).get("/home/"))


def test_a_drafter_sees_no_comment_of_another_body_s_section(cast, report, signed_in):
    add_comment(made.section(report, "f2"), text="canary-comment", by=cast.amina, audience="section")

    assert "canary-comment" in body(signed_in(cast.rosa).get("/home/"))
    assert "canary-comment" not in body(signed_in(cast.dana).get("/home/"))


def test_a_coordinator_sees_reports_and_what_waits(cast, report, signed_in):
    made.write(made.section(report, "f1"), "The text of f1.", cast.dana)
    move_section(made.section(report, "f1"), move="send_for_review", by=cast.jonas)

    page = signed_in(cast.amina).get("/home/")

    assert [row["waiting"] for row in page.context["rows"]] == ["1 section waits for a decision"]
    assert [row["code"] for row in page.context["decisions"]] == ["F1"]


def test_another_state_s_coordinator_sees_nothing_of_it(cast, report, signed_in):
    page = signed_in(cast.idris).get("/home/")

    assert page.context["rows"] == []
    assert report.title not in body(page)


def test_the_mission_sees_what_is_endorsed(cast, signed_in):
    report = made.endorsed(cast)

    page = signed_in(cast.mina).get("/home/")

    assert [row["title"] for row in page.context["ready"]] == [report.title]


def test_a_consulted_body_is_told_that_nothing_is_shared(cast, report, signed_in):
    page = body(signed_in(cast.nuri).get("/home/"))

    assert "Nothing is shared with you now" in page
    assert report.title not in page


def test_a_person_without_a_role_is_told_so(cast, signed_in):
    assert "You have no role yet" in body(signed_in(factories.person("Nemo", state=cast.arcadia)).get("/home/"))


def test_home_costs_at_most_eight_statements(cast, report, signed_in, statements):
    for name in ("dana", "jonas", "amina", "mina", "nuri"):
        client = signed_in(getattr(cast, name))
        client.get("/home/")
        with statements() as seen:
            client.get("/home/")
        assert len(seen) <= 8, (name, seen)


# --- more than fits ----------------------------------------------------------------------


@pytest.fixture
def many(cast):
    """Thirty reports at all stages, of three sections each."""
    made.questionnaire(made.instrument())
    return add_reports(cast.arcadia, 30)


def shown(page) -> list[tuple[str, str]]:
    return [(group.title, task["url"]) for group in page.context["desk"].groups for task in group.tasks]


@pytest.mark.parametrize(("name", "view"), [("dana", "sections"), ("jonas", "ministry")])
def test_home_shows_the_first_twelve_and_leads_page_by_page_to_all(cast, many, signed_in, name, view):
    add_reports(cast.arcadia, 30)  # so that all of them take a second page
    client = signed_in(getattr(cast, name))
    first = client.get(f"/home/?view={view}")
    desk = first.context["desk"]
    pages = [client.get(f"/home/?view={view}&all=1&page=1")]
    while f"page={len(pages) + 1}" in body(pages[-1]):
        pages.append(client.get(f"/home/?view={view}&all=1&page={len(pages) + 1}"))

    assert len(shown(first)) == 12
    assert f'href="?view={view}&amp;all=1"' in body(first)
    assert f'href="?view={view}&amp;all=1&amp;page=2"' in body(pages[0])
    everything = [row for page in pages for row in shown(page)]
    assert everything[:12] == shown(first)
    asked = [row for page in pages for row in page.context["desk"].asked]
    assert len(everything) - 12 + max(0, len(asked) - 12) == desk.hidden
    led = ReportSection.objects.filter(lead=cast.health, report__status__in=AT_WORK).exclude(status="cleared")
    assert len(set(everything)) == len(everything) == led.count()


def test_the_sentence_counts_all_and_not_only_what_is_shown(cast, many, signed_in):
    mine = ReportSection.objects.filter(lead=cast.health, report__status__in=AT_WORK, status__in=WRITABLE)

    sentence = signed_in(cast.dana).get("/home/").context["desk"].sentence

    assert sentence.startswith(f"{mine.count()} sections are with you. {mine.filter(status='returned').count()} came")
    ahead = mine.filter(due_on__gte=datetime.date.today()).order_by("due_on", "slug").first()
    assert f"The next, {ahead.code}, is due on" in sentence


def test_cleared_sections_have_a_list_of_their_own(cast, many, signed_in):
    cleared = ReportSection.objects.filter(lead=cast.health, report__status__in=AT_WORK, status="cleared").count()
    client = signed_in(cast.dana)

    assert f"Show {cleared} cleared sections" in body(client.get("/home/"))
    desk = client.get("/home/?cleared=1").context["desk"]
    assert [desk.groups, len(desk.cleared)] == [[], cleared]


def test_a_coordinator_is_shown_the_first_reports_due_and_led_to_all(cast, many, signed_in):
    client = signed_in(cast.amina)
    reports = Report.objects.in_preparation().order_by("due_on", "pk")

    first, page = client.get("/home/"), client.get("/home/?view=reports&all=1")

    assert [row["url"] for row in first.context["rows"]] == [f"/reports/{report.slug}/" for report in reports[:12]]
    assert first.context["sentence"] == "24 reports are in preparation."
    assert "Show all 24 reports" in body(first)
    assert [row["url"] for row in page.context["rows"]] == [f"/reports/{report.slug}/" for report in reports]


def test_the_mission_is_shown_what_is_ready_first(cast, many, signed_in):
    found = signed_in(cast.mina).get("/home/").context

    assert [len(found[name]) for name in ("ready", "sent", "ahead")] == [3, 3, 6]
    assert found["listed"].hidden == 18


def test_lists_are_paged_and_keep_their_filters(cast, many, signed_in):
    client = signed_in(cast.amina)

    page = client.get("/reports/?status=&page=2")

    assert len(page.context["rows"]) == 5
    assert 'href="?status=&amp;page=1"' in body(page)
    assert sum(len(group["cycles"]) for group in client.get("/cycles/").context["groups"]) == 25


# --- search ------------------------------------------------------------------------------


def found(client, text: str) -> dict[str, list[str]]:
    rooms = client.get("/search/", {"q": text}).context["rooms"]
    return {room.title: [row["title"] for row in room.rows] for room in rooms}


def test_search_finds_what_the_body_wrote(cast, report, signed_in):
    made.write(made.section(report, "f1"), "We built nine hospitals.", cast.dana)

    assert found(signed_in(cast.dana), "hospitals") == {"Answers": ["Section F1, question 1"]}
    assert found(signed_in(cast.amina), "nine hospitals") == {"Answers": ["Section F1, question 1"]}


@pytest.mark.parametrize("name", ["rosa", "mina", "nuri", "idris"])
def test_search_finds_nothing_that_the_person_may_not_read(cast, report, signed_in, name):
    made.write(made.section(report, "f1"), "canary-in-health", cast.dana)

    assert found(signed_in(getattr(cast, name)), "canary-in-health") == {}
    assert "Sections" not in found(signed_in(getattr(cast, name)), "Subject of F1")


def test_search_lets_a_body_find_the_one_answer_that_it_was_asked_for(cast, report, signed_in):
    section = made.section(report, "f1")
    made.write(section, "canary-in-health", cast.dana)
    ask_contribution(section, body=cast.justice, answers=section.answers.all()[:1], by=cast.amina)

    assert found(signed_in(cast.rosa), "canary-in-health") == {"Answers": ["Section F1, question 1"]}


def test_search_finds_what_the_library_keeps_for_those_who_read_it(cast, report, signed_in):
    library.item(cast.rosa, "Loi sur l’émigration", number="22/1988")
    library.item(cast.idris, "Loi sur l’émigration de Qamar")

    seen = {name: found(signed_in(getattr(cast, name)), "emigration") for name in ("dana", "amina", "mina", "nuri")}

    kept = {"Library": ["Loi sur l’émigration"]}
    assert seen == {"dana": kept, "amina": kept, "mina": {}, "nuri": {}}


def test_search_finds_a_section_by_its_title(cast, report, signed_in):
    assert found(signed_in(cast.dana), "Subject G1")["Sections"] == ["G1 Subject of G1"]


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("أُنشئت إدارة الهجرة في ٢٠٢٣.", "ادارة الهجره 2023"),
        ("The décret on Zoë’s hôpital.", "decret zoe's HOPITAL"),
        ("A decree on the hospital.", "décree hôspital"),
    ],
    ids=["arabic", "latin", "accents in what is sought"],
)
def test_search_ignores_vowel_signs_forms_of_hamza_and_accents(cast, report, signed_in, written, sought):
    made.write(made.section(report, "f1"), written, cast.dana)

    assert found(signed_in(cast.dana), sought) == {"Answers": ["Section F1, question 1"]}


def test_search_finds_a_changed_paragraph_by_its_new_words_only(cast, report, signed_in):
    section = made.section(report, "f1")
    key = made.write(section, "Une première école.", cast.dana)
    made.write(section, "Un hôpital.", cast.dana, key=key)

    assert found(signed_in(cast.dana), "hopital") == {"Answers": ["Section F1, question 1"]}
    assert found(signed_in(cast.dana), "ecole") == {}


def test_search_shows_the_words_around_a_hit_written_with_other_marks(cast, report, signed_in):
    made.write(made.section(report, "f1"), "word " * 60 + "hôpital " + "word " * 60, cast.dana)

    rooms = signed_in(cast.dana).get("/search/", {"q": "hopital"}).context["rooms"]

    assert "hôpital" in rooms[0].rows[0]["about"]


def test_search_finds_a_section_by_its_title_without_accents(cast, report, signed_in):
    section = made.section(report, "g1").section
    section.title, section.translations = "Éducation", {"ar": {"title": "التّعليم الأساسي"}}
    section.save()

    assert found(signed_in(cast.dana), "education")["Sections"] == ["G1 Éducation"]
    with translation.override("ar"):
        assert [row.pk for row in sections_found(cast.dana, ["التعليم", "الاساسي"])] == [made.section(report, "g1").pk]


def test_paragraphs_written_before_are_folded_by_the_migration(cast, report):
    made.write(made.section(report, "f1"), "Un hôpital.", cast.dana)
    Paragraph.objects.update(folded="")

    import_module("reporting.reports.migrations.0006_paragraph_folded").fill(apps, connection.schema_editor())

    assert list(Paragraph.objects.values_list("folded", flat=True)) == ["un hopital."]


def test_an_empty_search_asks_what_is_sought(cast, signed_in):
    assert "What are you looking for?" in body(signed_in(cast.dana).get("/search/"))
