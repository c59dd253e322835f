"""A report that is submitted in another language than it is written in: what endorsement asks, what is frozen, what is
printed."""

import datetime
import io

import pytest

from accounts.exceptions import NotReady
from exports import document as doc
from exports import store, verifying
from exports.assemble import document_for
from reporting.cycles.models import ReviewCycle
from reporting.reports import freeze
from reporting.reports.models import Report
from reporting.reports.presenters.check import checks
from reporting.reports.services.move import move_report
from reporting.reports.services.submission import endorse
from reporting.reports.services.validation import record_reply
from tests.reporting.reports import factories as made
from tests.reporting.reports.translating import clear, translate_all, translated

pytestmark = pytest.mark.django_db
TODAY = datetime.date.today()
AT = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)


def in_validation(cast, *, done: bool = True) -> Report:
    report = translated(cast)
    for slug, by in (("f2", cast.rosa), ("g1", cast.jonas)):
        made.write(made.section(report, slug), f"نص {slug}", by)
        clear(report, cast, slug)
    if done:
        translate_all(report, cast.thuraya)
    move_report(report, move="consolidate", by=cast.amina)
    report = move_report(report, move="validate", by=cast.amina, until=TODAY + datetime.timedelta(days=7))
    for body, by in ((cast.health, cast.jonas), (cast.justice, cast.rosa)):
        record_reply(report, body=body, reply="no_objection", by=by)
    return Report.objects.get(pk=report.pk)


def record(report, cast):
    return endorse(report, authority="Cabinet", endorsed_on=TODAY, by=cast.amina)


def words_of(document: doc.Document) -> str:
    blocks = [block for section in document.sections for block in section.blocks]
    paragraphs = [block for block in blocks if isinstance(block, doc.Paragraph)]
    return " ".join(run.text for each in paragraphs for text in doc.texts(each.content) for run in text.runs)


def test_half_a_translation_is_not_endorsed_and_the_checks_lead_to_what_is_missing(cast):
    report = in_validation(cast, done=False)

    with pytest.raises(NotReady, match="3 texts are not translated into English"):
        record(report, cast)

    check = next(each for each in checks(report, cast.amina) if each.title == "Translation")
    assert (check.holds_up, len(check.items)) == (True, 3)
    assert check.items[0].url.endswith(f"/reports/{report.slug}/translation/f1/")


def test_endorsement_freezes_both_texts_and_says_which_prevails(cast):
    submission = record(in_validation(cast), cast)

    content = submission.content
    assert content["languages"] == {"working": "ar", "submission": "en", "prevails": "submission"}
    texts = [
        content["sections"][0]["answers"][0]["paragraphs"],
        content["working"]["sections"][0]["answers"][0]["paragraphs"],
    ]
    assert texts[0][0]["text"].startswith("English of")
    assert texts[1][0]["text"] == "للعمال الحق في المغادرة."
    assert (
        submission.words
        == freeze.total_words(content)
        == doc.words(document_for(content, form="submission", generated_at=AT))
    )


@pytest.mark.parametrize(
    ("prevailing", "sentence"),
    [
        ("submission", "The text in English prevails."),
        ("working", "The text in Arabic prevails."),
        ("both", "The texts in Arabic and English prevail alike."),
    ],
)
def test_the_cover_says_which_text_prevails(cast, prevailing, sentence):
    report = translated(cast)
    ReviewCycle.objects.filter(pk=report.cycle_id).update(prevailing=prevailing)
    content = freeze.content(Report.objects.get(pk=report.pk))

    fields = document_for(content, form="submission", generated_at=AT).cover.fields

    assert [each.value for each in fields][-1] == f"Written in Arabic, submitted in English. {sentence}"


def test_a_report_in_one_language_says_nothing_of_languages(cast):
    content = freeze.content(made.report(cast))

    assert content["languages"] == {"working": "en", "submission": "en"}
    assert [each.name for each in document_for(content, form="submission", generated_at=AT).cover.fields] == [
        "Addressee"
    ]


def test_what_was_frozen_before_there_were_two_languages_is_still_read(cast):
    content = freeze.content(translated(cast))
    old = {name: value for name, value in content.items() if name not in {"languages", "working"}} | {"schema": 1}
    for section in old["sections"]:
        for answer in section["answers"]:
            answer.pop("untranslated", None)
            for paragraph in answer["paragraphs"]:
                paragraph.pop("untranslated", None)

    document = document_for(old, form="submission", generated_at=AT, is_final=True)

    assert "للعمال الحق في المغادرة." in words_of(document)


def test_in_a_draft_a_text_without_translation_stands_as_written_and_says_so(cast):
    content = freeze.content(translated(cast))

    document = document_for(content, form="submission", generated_at=AT)

    assert "[Not translated; in Arabic]  للعمال الحق في المغادرة." in words_of(document)
    assert document.foot.endswith("1 text is not translated yet and stands in Arabic.")


def test_a_submission_has_files_in_both_languages_and_each_is_found_by_itself(cast):
    submission = record(in_validation(cast), cast)

    files = [store.file_of(submission, "docx", language) for language in store.languages_of(submission)]

    assert [each.name.rpartition("-periodic-")[2] for each in files] == ["1.docx", "1-ar.docx"]
    found = [verifying.verify(io.BytesIO(store.data_of(each))) for each in files]
    assert [each.is_known for each in found] == [True, True]
    assert ["العربية" in each.sentence for each in found] == [False, True]
    with pytest.raises(LookupError):
        store.file_of(submission, "docx", "fr")


def test_the_page_of_exports_hands_out_both_and_no_third(cast, signed_in):
    report = in_validation(cast)
    record(report, cast)
    client = signed_in(cast.amina)

    page = client.get(f"/reports/{report.slug}/exports/").content.decode()

    link = next(each for each in page.split('"') if each.endswith("docx/?language=ar"))
    assert client.get(link).status_code == 200
    assert client.get(link.replace("=ar", "=fr")).status_code == 404
