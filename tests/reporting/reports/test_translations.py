"""Translating cleared text: who may, what is stale, what is counted, and that nothing saved is lost."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.permissions import allows
from reporting.reports import freeze, permissions_translation
from reporting.reports.choices import ReportStatus, SectionStatus, Why
from reporting.reports.freeze_translations import progress
from reporting.reports.models import Report, Translation, TranslationVersion
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.translation import TranslationEdit, save_translations
from reporting.text.pieces import Piece
from tests import factories
from tests.reporting.reports import factories as made
from tests.reporting.reports.translating import clear, key_of, say, sources, stands, translated

pytestmark = pytest.mark.django_db
BEFORE_ENDORSED = ["planned", "drafting", "consolidation", "validation"]


def edit_as_coordinator(section, key: str, text: str, by) -> None:
    answer = section.answers.get(paragraphs__key=key)
    save_answers(
        section, [AnswerEdit(answer.pk, answer.version, paragraphs=[Piece(key, text)])], by=by, why=Why.EDITORIAL
    )


# --- who may -----------------------------------------------------------------------------


@pytest.fixture
def people(cast):
    cast.report = translated(cast, cleared=False)
    cast.tariq = factories.member("Tariq", cast.qamar_mechanism, Role.TRANSLATOR)
    cast.closed = factories.member("Closed", cast.mechanism, Role.TRANSLATOR)
    type(cast.closed).objects.filter(pk=cast.closed.pk).update(is_active=False)
    cast.closed.refresh_from_db()
    cast.root = factories.member("Root", cast.mechanism, Role.TRANSLATOR)
    type(cast.root).objects.filter(pk=cast.root.pk).update(is_superuser=True)
    cast.root.refresh_from_db()
    names = ["amina", "wen", "dana", "jonas", "rosa", "mina", "nuri", "idris", "thuraya", "tariq", "closed", "root"]
    return {name: getattr(cast, name) for name in names}


@pytest.mark.parametrize("name", ["SEE_TRANSLATION", "TRANSLATE"])
def test_translators_come_to_cleared_text_alone_and_write_until_it_is_endorsed(cast, people, name):
    section, act, wrong = made.section(cast.report, "f1"), getattr(permissions_translation, name), {}
    for report_state, section_state in itertools.product(map(str, ReportStatus), map(str, SectionStatus)):
        section.report.status, section.status = report_state, section_state
        found = {who for who, user in people.items() if allows(user, act, section)}
        wanted = {"amina", "wen"} if name == "SEE_TRANSLATION" else set()
        if section_state == "cleared" and (name == "SEE_TRANSLATION" or report_state in BEFORE_ENDORSED):
            wanted |= {"thuraya"}
        if found != wanted:
            wrong[report_state, section_state] = found ^ wanted

    assert wrong == {}


def test_where_there_is_one_language_nobody_translates(cast):
    thuraya = factories.member("Thuraya", cast.mechanism, Role.TRANSLATOR)
    section = made.section(made.report(cast), "f1")
    section.status = "cleared"

    assert not allows(thuraya, permissions_translation.TRANSLATE, section)
    assert not allows(thuraya, permissions_translation.SEE_TRANSLATION, section)


def test_a_translator_has_no_other_right_to_a_report(cast):
    from reporting.reports import permissions

    report = translated(cast)
    section = made.section(report, "f1")
    reading = [permissions.SEE_SECTION, permissions.SEE_PART_OF_SECTION, permissions.SEE_HISTORY]
    reading += [permissions.COMMENT_ON_SECTION, permissions.EXPORT_SECTION, permissions.EDIT_EDITORIALLY]

    assert [act.name for act in reading if allows(cast.thuraya, act, section)] == []
    assert not allows(cast.thuraya, permissions.SEE_REPORT, report)
    assert not allows(cast.thuraya, permissions.EXPORT_REPORT, report)


def test_nothing_is_saved_while_the_section_is_open(cast):
    report = translated(cast, cleared=False)
    section = made.section(report, "f1")

    with pytest.raises(Refused, match="not cleared"):
        say(section, cast.thuraya, "Workers may leave.")

    assert Translation.objects.count() == 0


# --- saving ------------------------------------------------------------------------------


def test_a_translation_is_kept_with_who_when_and_what_it_was_made_from(cast):
    section = made.section(translated(cast), "f1")

    say(section, cast.thuraya, "Workers may leave.")

    row = Translation.objects.get()
    assert (row.text, row.source, row.by, row.language) == (
        "Workers may leave.",
        "للعمال الحق في المغادرة.",
        cast.thuraya,
        "en",
    )
    version = row.versions.get()
    assert (version.number, version.text, version.by_name, version.why) == (1, row.text, str(cast.thuraya), "written")


def test_the_same_again_makes_no_version(cast):
    section = made.section(translated(cast), "f1")
    say(section, cast.thuraya, "Workers may leave.")

    again = say(section, cast.thuraya, "Workers may leave.", base=1)

    assert (again.changed, TranslationVersion.objects.count()) == ([], 1)


def test_the_database_refuses_a_change_of_the_past(cast):
    say(made.section(translated(cast), "f1"), cast.thuraya, "Workers may leave.")

    for act in (lambda rows: rows.update(text="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(TranslationVersion.objects.all())


def test_two_translators_of_one_text_get_both_and_what_was_saved_first_stands(cast):
    section = made.section(translated(cast), "f1")
    second = factories.member("Tala", cast.mechanism, Role.TRANSLATOR)
    say(section, cast.thuraya, "Workers may leave.")

    saved = say(section, second, "Workers can leave.", base=0)

    (clash,) = saved.clashes.values()
    assert (clash.mine, clash.theirs.text, stands(section)) == (
        "Workers can leave.",
        "Workers may leave.",
        ["Workers may leave."],
    )


def test_a_text_that_was_only_left_as_it_was_gives_way_to_what_another_saved(cast):
    section = made.section(translated(cast), "f1")
    say(section, cast.thuraya, "Workers may leave.")
    say(section, cast.thuraya, "Workers may leave at any time.", base=1)

    saved = say(section, cast.thuraya, "Workers may leave.", base=1)

    assert (saved.clashes, stands(section)) == ({}, ["Workers may leave at any time."])


def test_a_text_of_another_section_is_refused_and_nothing_of_the_save_stands(cast):
    report = translated(cast)
    made.write(made.section(report, "f2"), "نص آخر", cast.rosa)
    section = made.section(report, "f1")
    (own, digest), (foreign, other) = (*sources(section).items(), *sources(made.section(report, "f2")).items())

    with pytest.raises(Refused):
        save_translations(
            section,
            [TranslationEdit(own, 0, digest, "Mine"), TranslationEdit(foreign, 0, other, "Not mine")],
            by=cast.thuraya,
        )

    assert Translation.objects.count() == 0


# --- stale -------------------------------------------------------------------------------


def test_a_translation_is_stale_once_its_source_changes_and_done_when_confirmed(cast):
    report = translated(cast)
    section = made.section(report, "f1")
    say(section, cast.thuraya, "Workers may leave.")
    edit_as_coordinator(section, cast.key, "لكل العمال الحق في المغادرة.", cast.amina)

    counts = progress([report])[section.pk]
    assert (counts.total, counts.missing, counts.stale) == (1, 0, 1)
    say(section, cast.thuraya, "Workers may leave.", base=1, confirm=True)

    assert progress([report])[section.pk].open == 0
    assert list(TranslationVersion.objects.values_list("number", "why")) == [(1, "written"), (2, "confirmed")]


def test_what_was_translated_beside_an_older_source_is_stale_from_the_start(cast):
    report = translated(cast)
    section = made.section(report, "f1")
    key = key_of(section, cast.key)
    seen = sources(section)[key]
    edit_as_coordinator(section, cast.key, "لكل العمال الحق.", cast.amina)

    save_translations(section, [TranslationEdit(key, 0, seen, "Workers may leave.")], by=cast.thuraya)

    row = Translation.objects.get()
    assert (row.source, progress([report])[section.pk].stale) == ("للعمال الحق في المغادرة.", 1)


def test_nobody_confirms_a_source_that_was_not_on_the_page(cast):
    section = made.section(translated(cast), "f1")
    say(section, cast.thuraya, "Workers may leave.")
    key = key_of(section, cast.key)
    edit_as_coordinator(section, cast.key, "نص ثان", cast.amina)
    seen = sources(section)[key]
    edit_as_coordinator(section, cast.key, "نص ثالث", cast.amina)

    edit = TranslationEdit(key, 1, seen, "Workers may leave.", confirm=True)

    with pytest.raises(Refused, match="once more"):
        save_translations(section, [edit], by=cast.thuraya)


def test_a_new_paragraph_is_missing_and_one_taken_out_is_asked_for_no_more(cast):
    report = translated(cast)
    section = made.section(report, "f1")
    say(section, cast.thuraya, "Workers may leave.")
    answer = section.answers.get(paragraphs__key=cast.key)
    new = "0b1c7a52-4a4e-4f0c-9a63-3f5b7cf7a001"
    pieces = [Piece(new, "فقرة جديدة")]
    save_answers(section, [AnswerEdit(answer.pk, answer.version, paragraphs=pieces)], by=cast.amina, why=Why.EDITORIAL)

    counts = progress([report])[section.pk]
    assert (counts.total, counts.missing, counts.stale) == (1, 1, 0)
    assert stands(section) == ["Workers may leave."]


# --- counting and freezing ---------------------------------------------------------------


def test_ruler_and_limit_run_on_the_text_that_is_submitted(cast):
    section = made.section(translated(cast, text="كلمة واحدة"), "f1")
    heading = section.words - 2

    say(section, cast.thuraya, "One two three four five.")

    section.refresh_from_db()
    assert section.words == heading + 5
    frozen = freeze.content(Report.objects.get(pk=section.report_id))
    assert next(row["words"] for row in frozen["sections"] if row["short_code"] == "F1") == section.words


def test_the_working_form_has_the_text_as_written_and_a_text_without_translation_says_so(cast):
    report = translated(cast)
    section = made.section(report, "f1")

    def first(language):
        answers = freeze.content(report, language=language)["sections"][0]["answers"]
        return answers[0]["paragraphs"][0]

    assert (first("en")["text"], first("en")["untranslated"]) == ("للعمال الحق في المغادرة.", True)
    say(section, cast.thuraya, "Workers may leave.")
    assert first("en")["text"] == "Workers may leave."
    assert "untranslated" not in first("en")
    assert first("ar")["text"] == "للعمال الحق في المغادرة."


def test_progress_costs_the_same_for_one_text_and_for_many(cast, django_assert_max_num_queries):
    report = translated(cast)
    made.write(made.section(report, "f2"), "نص", cast.rosa)
    clear(report, cast, "f2")

    with django_assert_max_num_queries(4):
        progress([report])


def test_a_page_of_a_section_costs_the_same_for_one_text_and_for_many(cast, signed_in):
    section = made.section(translated(cast, cleared=False), "f1")
    other = made.section(section.report, "f2")
    answer = other.answers.get(question__code=f"{other.section.code}-Q1")
    pieces = [Piece(f"0b1c7a52-4a4e-4f0c-9a63-3f5b7cf7a00{place}", f"فقرة {place}") for place in "123456789"]
    save_answers(other, [AnswerEdit(answer.pk, answer.version, paragraphs=pieces)], by=cast.rosa)
    for slug in ("f1", "f2"):
        clear(section.report, cast, slug)
    client = signed_in(cast.thuraya)
    address = f"/reports/{section.report.slug}/translation/"
    client.get(f"{address}f1/")

    with CaptureQueriesContext(connection) as one:
        assert client.get(f"{address}f1/").status_code == 200
    with CaptureQueriesContext(connection) as many:
        assert client.get(f"{address}f2/").content.decode().count("<textarea") == 9

    assert len(many) == len(one) <= 14
    with CaptureQueriesContext(connection) as home:
        assert client.get("/home/").status_code == 200
    assert len(home) <= 12
