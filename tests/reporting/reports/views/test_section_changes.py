"""The address to which the page of a section saves by itself: what comes back, and what it costs."""

import gzip
import json
import uuid

import pytest

from reporting.reports.models import Paragraph, ReportSection
from tests.reporting.reports import writing
from tests.reporting.reports.writing import answer, write

pytestmark = pytest.mark.django_db

F1 = "/reports/cmw-3-periodic/sections/f1/"


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


def keys(section):
    rows = Paragraph.objects.filter(answer=answer(section)).order_by("position")
    return [str(each.key) for each in rows]


def texts(section):
    rows = Paragraph.objects.filter(answer=answer(section)).order_by("position")
    return [each.text for each in rows]


def send(client, user, answers, **more):
    said = {"id": str(uuid.uuid4()), "for": user.pk, "answers": answers, **more}
    return client.post(f"{F1}changes/", json.dumps(said), content_type="application/json")


def test_a_changed_and_a_new_paragraph_are_saved_with_one_small_reply(cast, section, signed_in):
    write(section, 1, "One.", by=cast.dana)
    row, (one,) = answer(section), keys(section)
    new = str(uuid.uuid4())

    reply = send(
        signed_in(cast.dana), cast.dana, {row.pk: {"v": 1, "text": {one: "One!", new: "Two."}, "after": {new: one}}}
    )

    assert texts(section) == ["One!", "Two."]
    said = reply.json()
    assert said["answers"] == {str(row.pk): {"v": 2}}
    assert said["words"] == ReportSection.objects.get(pk=section.pk).words
    assert "no-store" in reply["Cache-Control"]


def test_what_the_server_mends_in_a_text_is_told(cast, section, signed_in):
    row, new = answer(section), str(uuid.uuid4())

    reply = send(
        signed_in(cast.dana), cast.dana, {row.pk: {"v": 0, "text": {new: "Cafe\u0301.  \n"}, "after": {new: ""}}}
    )

    assert reply.json()["answers"][str(row.pk)] == {"v": 1, "text": {new: "Caf\u00e9."}}


def test_what_others_changed_comes_with_text_name_and_time_and_a_clash_with_both_texts(cast, section, signed_in):
    write(section, 1, "Fees are allowed.", "Two.", by=cast.dana)
    row, (one, two) = answer(section), keys(section)
    send(
        signed_in(cast.jonas), cast.jonas, {row.pk: {"v": 1, "text": {one: "Fees are banned.", two: "Two, by Jonas."}}}
    )

    reply = send(signed_in(cast.dana), cast.dana, {row.pk: {"v": 1, "text": {one: "Fees are limited."}}})

    said = reply.json()["answers"][str(row.pk)]
    assert said["v"] == 2
    assert said["clash"] == {one: {"theirs": "Fees are banned.", "mine": "Fees are limited."}}
    assert said["text"] == {one: "Fees are banned.", two: "Two, by Jonas."}
    assert {key: name for key, (name, _at) in said["by"].items()} == {one: "Jonas", two: "Jonas"}
    assert texts(section) == ["Fees are banned.", "Two, by Jonas."]


def test_an_answer_in_one_box_is_matched_to_its_paragraphs(cast, section, signed_in):
    write(section, 1, "One.", "Two.", by=cast.dana)
    row, before = answer(section), keys(section)

    reply = send(signed_in(cast.dana), cast.dana, {row.pk: {"v": 1, "box": "One.\n\nTwo, mended.\n\nThree."}})

    assert reply.json()["answers"] == {str(row.pk): {"v": 2}}
    assert texts(section) == ["One.", "Two, mended.", "Three."]
    assert keys(section)[:2] == before


def test_a_box_that_clashes_comes_back_with_both_texts(cast, section, signed_in):
    write(section, 1, "Fees are allowed.", by=cast.dana)
    row = answer(section)
    send(signed_in(cast.jonas), cast.jonas, {row.pk: {"v": 1, "box": "Fees are banned."}})

    reply = send(signed_in(cast.dana), cast.dana, {row.pk: {"v": 1, "box": "Fees are limited."}})

    said = reply.json()["answers"][str(row.pk)]
    assert said["box"] == "Fees are banned.\n\nFees are limited."
    assert [name for name, _at in said["by"].values()] == ["Jonas"]


def test_a_paragraph_too_long_is_told_and_the_others_are_saved(cast, section, signed_in):
    row, long, new = answer(section), str(uuid.uuid4()), str(uuid.uuid4())
    text = {long: "word " * 4001, new: "Two."}

    reply = send(signed_in(cast.dana), cast.dana, {row.pk: {"v": 0, "text": text, "after": {long: "", new: long}}})

    assert texts(section) == ["Two."]
    assert reply.json()["errors"] == {long: "Split this paragraph in two: it is longer than can be kept."}


def test_after_the_section_was_sent_the_page_is_told_who_sent_it_and_when(cast, section, signed_in):
    ReportSection.objects.filter(pk=section.pk).update(status="in_review", status_by=cast.jonas)
    row, new = answer(section), str(uuid.uuid4())
    ReportSection.objects.filter(pk=section.pk).update(status_at="2026-11-19T14:30:00Z")

    reply = send(signed_in(cast.dana), cast.dana, {row.pk: {"v": 0, "text": {new: "Late."}, "after": {new: ""}}})

    assert reply.status_code == 409
    assert "Jonas sent this for review at" in reply.json()["moved"]
    assert texts(section) == []


def test_signed_out_or_signed_in_as_another_nothing_is_saved_and_the_way_in_is_told(cast, section, client, signed_in):
    row, new = answer(section), str(uuid.uuid4())
    answers = {row.pk: {"v": 0, "text": {new: "Text."}, "after": {new: ""}}}

    outside = send(client, cast.dana, answers)
    another = send(signed_in(cast.jonas), cast.dana, answers)

    assert (outside.status_code, another.status_code) == (401, 401)
    assert outside.json() == {"login": f"/account/login/?next={F1}", "other": False}
    assert another.json()["other"] is True
    assert texts(section) == []


@pytest.mark.parametrize("who", ["rosa", "nuri", "mina", "idris"])
def test_nobody_saves_in_a_section_that_is_not_theirs_to_write(cast, section, signed_in, who):
    user = getattr(cast, who)
    row, new = answer(section), str(uuid.uuid4())

    reply = send(signed_in(user), user, {row.pk: {"v": 0, "text": {new: "Text."}, "after": {new: ""}}})

    assert reply.status_code in {403, 404}
    assert texts(section) == []


def test_an_answer_of_another_section_is_not_found(cast, section, signed_in):
    other = answer(writing.section(section.report, "f2"))

    assert send(signed_in(cast.dana), cast.dana, {other.pk: {"v": 0}}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"id": "1", "for": 1, "answers": {}}',
        '{"id": "6f1c4a2e-58a5-4f0e-9a3c-000000000001", "for": 1, "answers": {"x": {"v": 0}}}',
        '{"id": "6f1c4a2e-58a5-4f0e-9a3c-000000000001", "for": 1, "answers": {"1": {"v": "0"}}}',
        '{"id": "6f1c4a2e-58a5-4f0e-9a3c-000000000001", "for": 1, "answers": {"1": {"v": 0, "text": {"k": "t"}}}}',
        '{"id": "6f1c4a2e-58a5-4f0e-9a3c-000000000001", "for": 1, "answers": {"1": {"v": 0, "box": 7}}}',
    ],
)
def test_what_no_page_sends_is_refused_with_a_sentence(cast, section, signed_in, body):
    reply = signed_in(cast.dana).post(f"{F1}changes/", body, content_type="application/json")

    assert reply.status_code == 400
    assert reply.json() == {"refused": "The page sent what cannot be read. Open it again."}


def test_one_paragraph_takes_at_most_two_kilobytes_both_ways(cast, section, signed_in):
    write(section, 1, *(f"Paragraph {n}." for n in range(12)), by=cast.dana)
    row, first = answer(section), keys(section)[0]
    said = {"id": str(uuid.uuid4()), "for": cast.dana.pk, "answers": {row.pk: {"v": 1, "text": {first: PARAGRAPH}}}}

    reply = signed_in(cast.dana).post(f"{F1}changes/", json.dumps(said), content_type="application/json")

    headers = "\r\n".join(f"{name}: {value}" for name, value in reply.headers.items())
    assert texts(section)[0] == PARAGRAPH
    assert len(json.dumps(said).encode()) + len(gzip.compress(reply.content)) + len(headers.encode()) < 2048


def test_a_save_by_the_page_keeps_its_number_of_statements(cast, section, signed_in, statements):
    write(section, 1, *(f"Paragraph {n}." for n in range(30)), by=cast.dana)
    row, first = answer(section), keys(section)[0]
    client = signed_in(cast.dana)
    client.get(F1)

    with statements() as seen:
        send(client, cast.dana, {row.pk: {"v": 1, "text": {first: "Mended."}}})

    assert len(seen) <= 15


PARAGRAPH = (
    "The Private Employment Agencies Act entered into force on 1 July 2023. Recruitment for work abroad requires a "
    "licence from the Ministry of Labour, renewed every two years on evidence of a bond and of audited accounts. On 30 "
    "June 2026, 214 agencies held a licence, against 391 in 2021. Inspectors visited 188 of them in 2025; 27 licences "
    "were withdrawn, and no fee may be charged to the worker."
)
