"""Before a paragraph stands in one answer only: a key that stood in two is parted, and nothing of the past is lost."""

import uuid

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reporting.reports.models import AnswerVersion, Comment, Paragraph, ParagraphVersion
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.comment import add_comment
from reporting.reports.services.versions import states_at, version_digest
from reporting.text.pieces import Piece
from tests.reporting.reports import factories as made


def migrate(name: str) -> None:
    MigrationExecutor(connection).migrate([("reports", name)])


@pytest.mark.django_db(transaction=True)
def test_the_older_answer_keeps_the_key_and_the_other_goes_on_under_a_new_one(cast):
    report = made.report(cast)
    key = made.write(made.section(report, "f1"), "A licence is required.", cast.dana)
    other = made.write(made.section(report, "g1"), "Wages are paid monthly.", cast.dana)
    section = made.section(report, "g1")
    answer = section.answers.get(question__kind="narrative")
    add_comment(section, text="Which month?", by=cast.dana, answer=answer, paragraph_key=other)

    try:
        migrate("0003_version_attempt")
        Paragraph.objects.filter(key=other).update(key=key)
        ParagraphVersion.objects.filter(key=other).update(key=key)
        first = AnswerVersion.objects.get(answer=answer)
        first.order = [key]
        first.sha256 = version_digest(first, list(first.paragraphs.all()))
        first.save()
        type(answer).objects.filter(pk=answer.pk).update(version_sha256=first.sha256)
        Comment.objects.update(paragraph_key=key)
        migrate("0004_paragraph_in_one_answer")
    finally:
        call_command("migrate", "reports", verbosity=0)

    texts = dict(Paragraph.objects.values_list("text", "key"))
    new = texts["Wages are paid monthly."]
    assert texts["A licence is required."] == uuid.UUID(key)
    assert new not in {uuid.UUID(key), uuid.UUID(other)}
    assert Comment.objects.get().paragraph_key == new
    before, after = AnswerVersion.objects.filter(answer=answer).order_by("number")
    for version in (before, after):
        assert version.sha256 == version_digest(version, list(version.paragraphs.order_by("pk")))
    answer.refresh_from_db()
    assert (after.previous_sha256, answer.version_sha256, answer.version) == (before.sha256, after.sha256, 2)
    assert states_at({answer.pk: 1})[answer.pk].pieces == [Piece(key, "Wages are paid monthly.")]
    assert states_at({answer.pk: 2})[answer.pk].pieces == [Piece(str(new), "Wages are paid monthly.")]
    save_answers(
        section, [AnswerEdit(answer.pk, 2, paragraphs=[Piece(str(new), "Wages are paid weekly.")])], by=cast.dana
    )
    assert Paragraph.objects.get(key=new).text == "Wages are paid weekly."


@pytest.mark.django_db(transaction=True)
def test_where_every_key_stands_in_one_answer_nothing_is_written(cast):
    report = made.report(cast)
    made.write(made.section(report, "f1"), "A licence is required.", cast.dana)
    before = list(AnswerVersion.objects.values())

    try:
        migrate("0003_version_attempt")
        migrate("0004_paragraph_in_one_answer")
    finally:
        call_command("migrate", "reports", verbosity=0)

    assert list(AnswerVersion.objects.values()) == before
