"""An act is done in one language and read in another: what the record keeps is said in the reader's language."""

import datetime

import pytest
from django.core import mail
from django.utils import translation

from accounts import history, notifications
from accounts.choices import Role
from accounts.models import HistoryEntry, Notification
from reporting.reports.choices import OwnReason
from reporting.reports.models import AnswerVersion, Contribution
from reporting.reports.services.move import move_report
from reporting.reports.services.section import Assignment, assign_sections, move_section
from tests import factories
from tests.reporting.reports import factories as reports
from tests.reporting.reports import writing

ARABIC = {"title": "التوظيف"}

pytestmark = pytest.mark.usefixtures("translated")


@pytest.fixture
def both(cast):
    """A report whose second section has an Arabic title, an Arabic coordinator and an English one."""
    report = reports.report(cast)
    section = reports.section(report, "f2")
    section.section.translations = {"ar": ARABIC}
    section.section.save(update_fields=["translations"])
    arabic = factories.member("Salma", cast.mechanism, Role.COORDINATOR, language="ar")
    return report, section, arabic


def read(signed_in, person, address: str) -> str:
    return signed_in(person).get(address).content.decode()


def send(section, by, language: str) -> None:
    with translation.override(language):
        reports.write(section, "A text.", by)
        move_section(section, move="send_for_review", by=by)


@pytest.mark.parametrize("written", ["en", "ar"])
def test_an_act_is_read_in_the_language_of_the_reader(cast, both, signed_in, written):
    report, section, salma = both
    send(section, cast.rosa, written)

    english = read(signed_in, cast.amina, f"/reports/{report.slug}/log/")
    arabic = read(signed_in, salma, f"/reports/{report.slug}/log/")

    assert "sent the section for review" in english
    assert "F2 Subject of F2" in english
    assert ARABIC["title"] not in english
    assert "أرسل القسم" in arabic
    assert f"F2 {ARABIC['title']}" in arabic
    assert "Subject of F2" not in arabic


@pytest.mark.parametrize("written", ["en", "ar"])
def test_a_notice_is_read_and_mailed_in_the_language_of_the_reader(cast, both, signed_in, written):
    _report, section, salma = both
    send(section, cast.rosa, written)

    english = read(signed_in, cast.amina, "/notifications/")
    arabic = read(signed_in, salma, "/notifications/")
    Notification.objects.update(is_urgent=True)
    notifications.mail_urgent()
    bodies = {each.to[0]: each.body for each in mail.outbox}

    assert "Rosa sent F2 Subject of F2 for review." in english
    assert "F2 Subject of F2" in bodies[cast.amina.email]
    for said in (arabic, bodies[salma.email]):
        assert f"F2 {ARABIC['title']}" in said
        assert "Subject of F2" not in said


@pytest.mark.parametrize("written", ["en", "ar"])
def test_a_named_version_is_read_in_the_language_of_the_reader(cast, both, signed_in, written):
    report, section, salma = both
    send(section, cast.rosa, written)

    assert set(AnswerVersion.objects.exclude(name="").values_list("name", flat=True)) == {"sent_for_review"}
    assert "<b>Sent for review</b>" in read(signed_in, cast.amina, f"/reports/{report.slug}/sections/f2/history/")
    assert "Sent for review" not in read(signed_in, salma, f"/reports/{report.slug}/sections/f2/history/")


def test_a_version_named_in_words_before_there_were_keys_keeps_them(cast, both, signed_in):
    report, section, salma = both
    send(section, cast.rosa, "en")
    AnswerVersion.objects.exclude(name="").update(name="Sent for review on a Monday")

    assert "Sent for review on a Monday" in read(signed_in, salma, f"/reports/{report.slug}/sections/f2/history/")


def test_a_report_is_named_in_the_readers_language_in_acts_and_notices(cast, both, signed_in):
    report, _section, salma = both

    arabic = read(signed_in, salma, f"/reports/{report.slug}/log/")
    english = read(signed_in, cast.amina, f"/reports/{report.slug}/log/")

    assert report.title in english
    assert "opened the report for drafting" in english
    log = arabic.partition("<tbody>")[2]
    assert report.title not in log
    assert "التقرير الدوري الثالث المقدم من Arcadia" in log


@pytest.mark.parametrize(
    ("text", "found"), [("التوظيف", True), ("تَوظيف", True), ("subject of f2", True), ("F2", True), ("الصحة", False)]
)
def test_the_record_is_searched_by_the_name_that_the_reader_reads_and_by_the_one_that_was_written(
    cast, both, signed_in, text, found
):
    _report, section, salma = both
    send(section, cast.rosa, "en")

    page = signed_in(salma).get("/settings/history/", {"subject": text}).content.decode()

    body = page.partition("<tbody>")[2]
    assert (f"F2 {ARABIC['title']}" in body) is found
    assert "F1" not in body


def test_an_act_of_which_only_the_words_were_kept_is_shown_by_them(cast, both, signed_in):
    report, _section, salma = both
    chain = history.chain_of(state_id=cast.arcadia.pk)
    history.record("report.remember", by=cast.amina, chain=chain, context=report.slug, reason="An old word")
    old = HistoryEntry(
        chain=chain, number=10_000, at=report.started_at, act="report.open", context=report.slug, sha256="0" * 64
    )
    old.subject_type, old.subject_label = "reports.report", "The title of then"
    old.save()

    page = read(signed_in, salma, f"/reports/{report.slug}/log/")

    assert "The title of then" in page
    assert "report.remember" in page
    assert "An old word" in page


def test_a_reason_of_the_product_itself_is_kept_as_a_key(cast, both, signed_in):
    report, section, salma = both
    writing.ask(section, cast.health, 1, by=cast.amina)
    with translation.override("ar"):
        assign_sections(report, [Assignment(section.pk, cast.health.pk, None, None)], by=cast.amina)

    assert Contribution.objects.get().status_note == OwnReason.LEADS_NOW
    assert "The body leads the section now." in read(signed_in, cast.amina, f"/reports/{report.slug}/log/")
    arabic = read(signed_in, salma, f"/reports/{report.slug}/log/")
    assert "The body leads the section now." not in arabic
    assert OwnReason.LEADS_NOW.value not in arabic


def test_the_chain_holds_over_what_is_kept_to_name_a_subject(cast, both):
    _report, section, _salma = both
    send(section, cast.rosa, "ar")

    entry = HistoryEntry.objects.filter(act="reportsection.send_for_review").get()
    assert list(history.broken_links()) == []
    assert entry.facts[history.NAMED] == {"code": "F2", "section": section.section.code}
    entry.facts[history.NAMED]["code"] = "F3"
    assert history.digest(entry) != entry.sha256


@pytest.mark.parametrize("sections", [1, 3])
def test_naming_subjects_asks_the_same_however_many_notices_there_are(cast, both, statements, sections):
    report, section, _salma = both
    rows = []
    for _number in range(sections):
        for subject in (section, report):
            notifications.notify([cast.amina], kind="section_sent", subject=subject, names={"by": "Rosa"})
    rows = list(Notification.objects.filter(recipient=cast.amina))

    with statements() as seen:
        notifications.sentences_of(rows)

    assert len(seen) == 2


def test_days_in_notices_are_written_out(cast, both):
    report, _section, _salma = both
    reports.pass_through(report, cast)
    move_report(report, move="consolidate", by=cast.amina)
    move_report(report, move="validate", by=cast.amina, until=datetime.date(2199, 3, 4))

    row = Notification.objects.filter(kind="report_in_validation").first()
    assert "until 4 March 2199" in notifications.sentences_of([row])[0]
