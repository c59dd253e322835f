"""The page of a section: who sees what, what is written, and what comes back."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from reporting.reports.models import Paragraph, ReportSection
from reporting.reports.services.answer import AnswerEdit, save_answers
from tests import factories
from tests.reporting.reports import writing
from tests.reporting.reports.writing import answer, write

pytestmark = pytest.mark.django_db

F1 = "/reports/cmw-3-periodic/sections/f1/"


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


def fields(page) -> dict[str, str]:
    """What a browser would send of the form of a section: hidden inputs, texts, boxes, choices."""
    html = page.content.decode()
    start = html.index('class="writing"')
    form = html[start : html.index("</form>", start)]
    data = dict(
        re.findall(
            r'<input (?:class="wide" )?type="(?:hidden|text)"(?: class="word")?[^>]*? name="([^"]+)" value="([^"]*)"',
            form,
        )
    )
    data |= dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.S))
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        data[name] = chosen.group(1) if chosen else ""
    for name, value in re.findall(r'<input type="radio" name="([^"]+)"[^>]*? value="([^"]*)" checked', form):
        data[name] = value
    data.pop("csrfmiddlewaretoken", None)
    return data


def new_box(data, row) -> str:
    return [name for name in data if name.startswith(f"a{row.pk}_p_")][-1]


def status(section) -> str:
    return ReportSection.objects.get(pk=section.pk).status


def test_a_drafter_writes_a_paragraph_and_is_told_when_it_was_saved(cast, section, signed_in):
    client = signed_in(cast.dana)
    row = answer(section)
    data = fields(client.get(F1))
    data[new_box(data, row)] = "A licence is required."

    page = client.post(f"{F1}save/", data, follow=True)

    assert page.redirect_chain == [(F1, 302)]
    assert re.search(r"Saved \d\d:\d\d", page.content.decode())
    assert list(Paragraph.objects.values_list("text", flat=True)) == ["A licence is required."]
    assert status(section) == "drafting"


def test_a_page_sent_back_as_it_came_changes_nothing(cast, section, signed_in):
    write(section, 1, "A licence is required.", "It is renewed.", by=cast.dana)
    write(section, 2, by=cast.dana, content={"cells": {"m1/m1/2025": "3", "m2/m2/2024": "not_available"}})
    write(section, 4, by=cast.dana, content={"references": [{"key": "r1", "title": "Agencies Act", "number": "22"}]})
    write(section, 9, by=cast.dana, content={"rows": [{"key": "p1", "label": "Aden"}], "cells": {"p1/m1/2025": "7"}})
    client = signed_in(cast.dana)

    page = client.post(f"{F1}save/", fields(client.get(F1)), follow=True)

    assert "Nothing had changed" in page.content.decode()
    assert [answer(section, number).version for number in (1, 2, 4, 9)] == [1, 1, 1, 1]


def test_a_bad_number_comes_back_with_a_sentence_and_all_that_was_typed(cast, section, signed_in):
    client = signed_in(cast.dana)
    table, text = answer(section, 2), answer(section, 1)
    data = fields(client.get(F1))
    data[f"a{table.pk}-cell-m1/m1/2025"] = "many"
    data[new_box(data, text)] = "Typed and not lost."

    page = client.post(f"{F1}save/", data)

    html = page.content.decode()
    assert page.status_code == 422
    assert "“many” is not a number" in html
    assert 'value="many"' in html
    assert "Typed and not lost." in html
    assert Paragraph.objects.count() == 0


def test_everything_can_be_written_in_one_box(cast, section, signed_in):
    write(section, 1, "One.", "Two.", by=cast.dana)
    client = signed_in(cast.dana)
    row = answer(section)
    before = {each.text: each.key for each in Paragraph.objects.all()}
    data = fields(client.get(f"{F1}?box=1"))
    data[f"a{row.pk}_box"] = "One.\n\nBetween.\n\nTwo."

    client.post(f"{F1}save/", data)

    rows = list(Paragraph.objects.order_by("position"))
    assert [each.text for each in rows] == ["One.", "Between.", "Two."]
    assert (rows[0].key, rows[2].key) == (before["One."], before["Two."])


def test_two_who_change_the_same_paragraph_see_both_texts_and_choose(cast, section, signed_in):
    write(section, 1, "Fees are allowed.", by=cast.dana)
    row = answer(section)
    dana, jonas = signed_in(cast.dana), signed_in(cast.jonas)
    mine, theirs = fields(dana.get(F1)), fields(jonas.get(F1))
    name = f"a{row.pk}_p_{Paragraph.objects.get().key}"
    theirs[name], mine[name] = "Fees are prohibited.", "Fees are limited."

    jonas.post(f"{F1}save/", theirs)
    page = dana.post(f"{F1}save/", mine)

    html = page.content.decode()
    assert page.status_code == 409
    assert "Fees are prohibited." in html
    assert "Fees are limited." in html
    hidden = {
        field: value.replace("&quot;", '"')
        for field, value in re.findall(r'<input type="hidden" name="(a[^"]+)" value="([^"]*)"', html)
    }
    undecided = dana.post(f"{F1}conflict/", hidden)
    assert undecided.status_code == 422
    assert "Fees are limited." in undecided.content.decode()
    dana.post(f"{F1}conflict/", {**hidden, f"a{row.pk}_c_0_choice": "both"})
    assert [each.text for each in Paragraph.objects.order_by("position")] == [
        "Fees are prohibited.",
        "Fees are limited.",
    ]


def test_a_contributor_sees_the_question_asked_and_nothing_else(cast, section, signed_in):
    write(section, 1, "CANARY of Health.", by=cast.dana)
    writing.ask(section, cast.justice, 2, by=cast.amina)
    client = signed_in(cast.rosa)

    pages = [client.get(F1), client.get(f"{F1}read/"), client.get(f"{F1}comments/"), client.get(f"{F1}contributions/")]

    assert [page.status_code for page in pages] == [200, 200, 200, 200]
    for page in pages:
        assert "CANARY" not in page.content.decode()
    html = pages[0].content.decode()
    assert "Agencies licensed and inspected" in html
    assert "Who may recruit" not in html
    assert "Send to the lead" in html


def test_a_contributor_sends_what_was_asked(cast, section, signed_in):
    row = writing.ask(section, cast.justice, 2, by=cast.amina)
    client = signed_in(cast.rosa)
    data = fields(client.get(F1))
    data[f"a{answer(section, 2).pk}-cell-m1/m1/2025"] = "12"

    page = client.post(f"{F1}save/", {**data, "then": f"contribution-{row.pk}"}, follow=True)

    row.refresh_from_db()
    assert row.status == "sent"
    assert answer(section, 2).content["cells"] == {"m1/m1/2025": "12"}
    assert "Your contribution to F1 is with" in page.content.decode()


def test_sending_too_early_lists_what_is_missing_with_links(cast, section, signed_in):
    write(section, 1, "A licence is required.", by=cast.dana)
    client = signed_in(cast.jonas)

    page = client.post(f"{F1}save/", {**fields(client.get(F1)), "then": "send"})

    assert page.status_code == 409
    assert '<a href="#q2">Question 2 is required' in page.content.decode()
    assert status(section) == "drafting"


def test_a_section_goes_to_review_and_back_and_is_cleared(cast, section, signed_in):
    write(section, 1, "A licence is required.", by=cast.dana)
    write(section, 2, by=cast.dana, content={"cells": {"m1/m1/2025": "3"}})
    jonas, amina = signed_in(cast.jonas), signed_in(cast.amina)

    sent = jonas.post(f"{F1}save/", {**fields(jonas.get(F1)), "then": "send"}, follow=True)
    assert "F1 is with Mechanism now" in sent.content.decode()
    assert "Review" in amina.get(f"{F1}review/").content.decode()
    refused = amina.post(f"{F1}move/return/", {"reason": ""})
    assert refused.status_code == 409
    amina.post(f"{F1}move/return/", {"reason": "Say whether subagents are bound."})
    assert "Say whether subagents are bound." in jonas.get(F1).content.decode()
    jonas.post(f"{F1}save/", {**fields(jonas.get(F1)), "then": "send"})
    amina.post(f"{F1}move/clear/", {})

    assert status(section) == "cleared"
    amina.post(f"{F1}move/reopen/", {"reason": "New law."})
    assert status(section) == "returned"


def test_a_section_in_review_is_text_with_the_reason(cast, section, signed_in):
    write(section, 1, "A licence is required.", by=cast.dana)
    ReportSection.objects.filter(pk=section.pk).update(status="in_review")

    html = signed_in(cast.dana).get(F1).content.decode()

    assert "A coordinator can return it." in html
    assert 'class="writing"' not in html
    assert "A licence is required." in html


def test_a_coordinator_mends_paragraphs_in_review(cast, section, signed_in):
    write(section, 1, "A licence is requird.", by=cast.dana)
    ReportSection.objects.filter(pk=section.pk).update(status="in_review")
    client = signed_in(cast.amina)
    data = fields(client.get(F1))
    assert data["why"] == "editorial"
    data[f"a{answer(section).pk}_p_{Paragraph.objects.get().key}"] = "A licence is required."

    client.post(f"{F1}save/", data)

    kept = Paragraph.objects.get()
    assert (kept.text, kept.is_editorial) == ("A licence is required.", True)


def test_two_coordinators_who_mend_the_same_paragraph_choose_and_it_stays_an_editorial_edit(cast, section, signed_in):
    write(section, 1, "A licence is requird.", by=cast.dana)
    ReportSection.objects.filter(pk=section.pk).update(status="in_review")
    amina, wen = signed_in(cast.amina), signed_in(cast.wen)
    mine, theirs = fields(amina.get(F1)), fields(wen.get(F1))
    name = f"a{answer(section).pk}_p_{Paragraph.objects.get().key}"
    mine[name], theirs[name] = "A licence is demanded.", "A licence is required."

    wen.post(f"{F1}save/", theirs)
    page = amina.post(f"{F1}save/", mine)

    assert page.status_code == 409
    assert '<input type="hidden" name="why" value="editorial">' in page.content.decode()


def test_a_figure_and_a_date_are_printed_as_what_they_are():
    figure = {"type": "figure", "value": "12", "unit": "per cent", "year": "2025", "source": "Survey", "note": ""}
    day = {"type": "date", "date": "2026-03-31", "note": ""}

    shown = [render_to_string("reports/section/_block.html", {"block": block}) for block in (figure, day)]

    assert [" ".join(strip_tags(html).split()) for html in shown] == ["12 per cent 2025 Survey", "2026-03-31"]


def test_another_body_and_another_state_stay_outside(cast, section, signed_in):
    write(section, 1, "CANARY of Health.", by=cast.dana)

    for page in ("", "read/", "comments/", "history/", "review/", "contributions/"):
        assert signed_in(cast.rosa).get(F1 + page).status_code == 403
        assert signed_in(cast.idris).get(F1 + page).status_code == 404


def test_typed_text_stays_when_the_session_has_ended(cast, section, signed_in, client):
    data = fields(signed_in(cast.dana).get(F1))
    data[new_box(data, answer(section))] = "Written for an hour."

    page = client.post(f"{F1}save/", data)

    assert page.status_code == 401
    assert "Written for an hour." in page.content.decode()


@pytest.mark.parametrize(
    ("disposition", "refused"),
    [
        ({"disposition": "no_data"}, "Give the reason."),
        ({"disposition": "no_change", "target_document": "CMW/C/ARC/2"}, "Give the number of the paragraph."),
        ({"disposition": "see_question"}, "Give the code of the question"),
    ],
)
def test_each_way_to_answer_otherwise_asks_for_what_it_needs(cast, section, signed_in, disposition, refused):
    client = signed_in(cast.dana)
    data = fields(client.get(F1))
    data |= {f"a{answer(section).pk}_{name}": value for name, value in disposition.items()}

    page = client.post(f"{F1}save/", data)

    assert page.status_code == 422
    assert refused in page.content.decode()
    assert answer(section).disposition == ""


def test_a_question_can_be_answered_in_another(cast, section, signed_in):
    client = signed_in(cast.dana)
    row = answer(section)
    data = fields(client.get(F1)) | {f"a{row.pk}_disposition": "see_question", f"a{row.pk}_target_question": "f2-q1"}

    client.post(f"{F1}save/", data)

    assert answer(section).target_question.code == "CMWP-F2-Q1"


def test_comments_are_written_answered_and_resolved(cast, section, signed_in):
    dana, amina = signed_in(cast.dana), signed_in(cast.amina)

    amina.post(f"{F1}comments/add/", {"text": "Which section?", "answer": answer(section).pk, "audience": "section"})
    thread = section.comments.get()
    dana.post(f"{F1}comments/add/", {"text": "Section 14.", "parent": thread.pk})
    html = dana.get(f"{F1}comments/").content.decode()
    dana.post(f"{F1}comments/{thread.pk}/resolve/")

    assert "Which section?" in html
    assert "Section 14." in html
    assert "on question 1" in html
    thread.refresh_from_db()
    assert thread.resolved_by == cast.dana


def test_the_history_shows_old_and_new(cast, section, signed_in):
    write(section, 1, "Fees are allowed.", by=cast.dana)
    row = answer(section)
    key = str(Paragraph.objects.get().key)
    changed = [writing.piece("Fees are prohibited.", key)]
    save_answers(section, [AnswerEdit(row.pk, 1, paragraphs=changed)], by=cast.jonas)
    first, second = row.versions.order_by("number")
    client = signed_in(cast.jonas)

    assert client.get(f"{F1}history/").status_code == 200
    html = client.get(f"{F1}history/{first.pk}/{second.pk}/").content.decode()
    assert "allowed" in html
    assert "prohibited" in html
    assert client.get(f"{F1}history/0/{first.pk}/").status_code == 200


def test_asking_another_body_says_first_who_gains_access(cast, section, signed_in):
    client = signed_in(cast.jonas)
    wanted = {"body": cast.justice.pk, "questions": [answer(section, 2).pk]}

    shown = client.post(f"{F1}contributions/", wanted)
    before = section.contributions.count()
    client.post(f"{F1}contributions/", {**wanted, "confirmed": "1"})

    assert "Access goes to Rosa" in shown.content.decode()
    assert (before, section.contributions.count()) == (0, 1)


def test_the_coordinator_sets_a_question_aside_and_puts_it_back(cast, section, signed_in):
    client = signed_in(cast.amina)
    rows = list(section.answers.all())
    kept = {f"asked_{row.pk}": "on" for row in rows[1:]}

    client.post(f"{F1}questions/", kept)
    assert not answer(section).asked
    client.post(f"{F1}questions/", {**kept, f"asked_{rows[0].pk}": "on", f"required_{rows[0].pk}": "on"})

    assert (answer(section).asked, answer(section).is_required) == (True, True)


def test_the_focal_point_names_the_drafters(cast, section, signed_in):
    client = signed_in(cast.jonas)

    client.post(f"{F1}drafters/", {"drafters": [cast.dana.pk]})

    assert [row.user for row in section.named.all()] == [cast.dana]


@pytest.mark.parametrize(("sections", "people"), [(1, 0), (3, 2), (30, 6)])
def test_the_page_costs_the_same_however_much_there_is(cast, signed_in, statements, sections, people):
    section = writing.section(writing.report(cast, sections=sections))
    for number in range(people):
        factories.member(f"Extra {number}", cast.health)
    writing.ask(section, cast.justice, 2, by=cast.amina)
    write(section, 1, *(f"Paragraph {number}." for number in range(sections)), by=cast.dana)
    client = signed_in(cast.dana)
    client.get(F1)

    with statements() as seen:
        page = client.get(F1)

    assert page.status_code == 200
    assert len(seen) <= 14, "\n".join(each[:110] for each in seen)


@pytest.mark.parametrize("paragraphs", [1, 3, 30])
def test_a_save_by_the_page_costs_the_same_however_much_it_holds(cast, section, signed_in, statements, paragraphs):
    write(section, 1, "Start.", by=cast.dana)
    client = signed_in(cast.dana)
    row = answer(section)
    data = fields(client.get(F1))
    for number in range(paragraphs):
        data[f"a{row.pk}_p_{writing.piece('').key}"] = f"Paragraph {number}."

    with statements() as seen:
        page = client.post(f"{F1}save/", data)

    assert page.status_code == 302
    assert len(seen) <= 12, "\n".join(each[:110] for each in seen)
