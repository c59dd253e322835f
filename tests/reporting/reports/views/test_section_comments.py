"""Comments on the page of a section: on one paragraph, to a named audience, and what becomes of them."""

import re

import pytest

from accounts.models import Notification
from reporting.reports.models import Comment, Paragraph
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.comment import add_comment
from tests.reporting.reports import writing
from tests.reporting.reports.views.test_section_pages import F1, answer, write

pytestmark = pytest.mark.django_db

LONG = (
    "No fee may be charged to the worker, and the employer bears the costs of recruitment, of travel and of documents."
)
LONGER = LONG + " Any clause to the contrary is void."


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


@pytest.fixture
def keys(cast, section) -> list[str]:
    """Two paragraphs of question 1."""
    write(section, 1, "A licence is **required**.", LONGER, by=cast.dana)
    return [str(row.key) for row in Paragraph.objects.order_by("position")]


def rewrite(section, by, *texts_by_key) -> None:
    row = answer(section)
    save_answers(
        section, [AnswerEdit(row.pk, row.version, paragraphs=[writing.piece(t, k) for k, t in texts_by_key])], by=by
    )


def on(section, keys, by, place=1, **more) -> Comment:
    more.setdefault("text", "Which year?")
    return add_comment(section, by=by, answer=answer(section), paragraph_key=keys[place], **more)


def test_each_paragraph_has_a_way_to_comment_and_a_new_one_has_none(cast, section, keys, signed_in):
    html = signed_in(cast.dana).get(F1).content.decode()

    found = re.findall(r'<a class="beside" href="([^"]+)" aria-label="([^"]+)"', html)
    assert found == [
        (f"{F1}comments/?paragraph={keys[0]}", "Comment on paragraph 1"),
        (f"{F1}comments/?paragraph={keys[1]}", "Comment on paragraph 2"),
    ]


def test_the_box_for_a_paragraph_quotes_it_and_says_who_reads(cast, section, keys, signed_in):
    html = signed_in(cast.amina).get(f"{F1}comments/?paragraph={keys[1]}").content.decode()

    quote = re.search(r'<blockquote class="quote" dir="auto">([^<]*)</blockquote>', html)[1]
    assert (len(quote) <= 120, quote[-1], LONGER.startswith(quote[:-1])) == (True, "…", True)
    assert "Comments on paragraph 2 of F1" in html
    assert quote[:-1].split() == LONGER.split()[: len(quote.split())]  # whole words
    box = html[: html.index('id="suggest"')]
    assert re.findall(r'<option value="(\w+)">([^<]+)</option>', box) == [
        ("section", "The section: its bodies and the coordinators"),
        ("body", "Your body"),
    ]
    assert f'name="paragraph" value="{keys[1]}"' in html


def test_a_comment_on_a_paragraph_is_written_without_script_and_quotes_what_is_read(cast, section, keys, signed_in):
    client = signed_in(cast.amina)
    sent = {"text": "Which law?", "answer": answer(section).pk, "paragraph": keys[0], "audience": "body"}

    page = client.post(f"{F1}comments/add/", sent)

    row = Comment.objects.get()
    assert page.url == f"{F1}comments/#c-{row.pk}"
    assert (str(row.paragraph_key), row.quote, row.audience, row.body) == (
        keys[0],
        "A licence is required.",
        "body",
        cast.mechanism,
    )


def test_a_thread_names_its_paragraph_by_number_and_leads_there(cast, section, keys, signed_in):
    on(section, keys, cast.amina)

    html = signed_in(cast.dana).get(F1).content.decode()

    assert f'<a href="{F1}#p-{keys[1]}">on paragraph 2</a>' in html
    assert 'aria-label="Paragraph 2: 1 open comment"' in html
    assert f'<li class="para commented" id="p-{keys[1]}">' in html
    assert "The text has changed since." not in html


def test_where_the_text_has_changed_the_quote_stays_and_says_so(cast, section, keys, signed_in):
    on(section, keys, cast.amina)
    rewrite(section, cast.dana, (keys[0], "A licence is required."), (keys[1], "Fees are prohibited."))

    html = signed_in(cast.dana).get(F1).content.decode()

    assert "No fee may be charged" in re.search(r'<blockquote class="quote" dir="auto">([^<]*)<', html)[1]
    assert "The text has changed since." in html


def test_a_change_elsewhere_in_the_paragraph_is_no_change_of_what_was_quoted(cast, section, keys, signed_in):
    on(section, keys, cast.amina)
    rewrite(section, cast.dana, (keys[0], "A licence is required."), (keys[1], LONGER + " Since 2023."))

    assert "The text has changed since." not in signed_in(cast.dana).get(F1).content.decode()


def test_a_thread_moves_to_the_section_when_its_paragraph_goes(cast, section, keys, signed_in):
    comment = on(section, keys, cast.amina)
    rewrite(section, cast.dana, (keys[0], "A licence is required."))

    html = signed_in(cast.dana).get(f"{F1}comments/").content.decode()

    thread = html[html.index(f'id="c-{comment.pk}"') :]
    assert "on the section" in thread
    assert "The paragraph that this is about has been removed." in thread
    assert "No fee may be charged" in thread


def test_a_moved_thread_is_not_opened_to_bodies_that_are_asked_something_else(cast, section, keys, signed_in):
    on(section, keys, cast.amina)
    writing.ask(section, cast.justice, 2, by=cast.amina)
    rewrite(section, cast.dana, (keys[0], "A licence is required."))

    assert "Which year?" not in signed_in(cast.rosa).get(f"{F1}comments/").content.decode()


def test_the_page_of_a_paragraph_shows_its_threads_and_no_others(cast, section, keys, signed_in):
    on(section, keys, cast.amina)
    add_comment(section, text="On the whole.", by=cast.amina)

    html = signed_in(cast.dana).get(f"{F1}comments/?paragraph={keys[1]}").content.decode()

    assert ("Which year?" in html, "On the whole." in html) == (True, False)
    assert f'href="{F1}#p-{keys[1]}">Back to the paragraph' in html


def test_a_refused_comment_on_a_paragraph_comes_back_with_place_audience_and_words(cast, section, keys, signed_in):
    sent = {"text": "x" * 10_001, "answer": answer(section).pk, "paragraph": keys[1], "audience": "body"}

    page = signed_in(cast.dana).post(f"{F1}comments/add/", sent)

    html = page.content.decode()
    assert page.status_code == 409
    assert "A comment may have 10,000 characters" in html
    assert "x" * 10_001 in html
    assert f'name="paragraph" value="{keys[1]}"' in html
    assert '<option value="body" selected>' in html


@pytest.mark.parametrize("key", ["nonsense", "0e0c1e5a-9a0b-4d6a-8f0e-5f1f6a3f7c11"])
def test_a_paragraph_that_never_was_is_refused(cast, section, keys, signed_in, key):
    sent = {"text": "?", "answer": answer(section).pk, "paragraph": key}

    assert signed_in(cast.dana).post(f"{F1}comments/add/", sent).status_code in {404, 409}
    assert Comment.objects.count() == 0


def test_those_who_may_not_comment_get_no_way_to(cast, section, keys, signed_in):
    type(section.report).objects.filter(pk=section.report_id).update(status="endorsed")

    html = signed_in(cast.dana).get(F1).content.decode()

    assert ('class="beside"' in html, "Write a comment" in html) == (False, False)


def test_from_the_shelf_one_comes_back_to_the_thread_in_the_shelf(cast, section, keys, signed_in):
    comment = on(section, keys, cast.amina)

    page = signed_in(cast.dana).post(f"{F1}comments/{comment.pk}/resolve/", {"back": "section"})

    assert page.url == f"{F1}#c-{comment.pk}"


def test_a_resolved_thread_is_opened_again(cast, section, keys, signed_in):
    comment = on(section, keys, cast.amina)
    client = signed_in(cast.jonas)
    client.post(f"{F1}comments/{comment.pk}/resolve/")
    assert "Resolved by Jonas" in client.get(f"{F1}comments/").content.decode()
    assert "No comment is open." in client.get(F1).content.decode()

    client.post(f"{F1}comments/{comment.pk}/reopen/")

    assert 'aria-label="Paragraph 2: 1 open comment"' in client.get(F1).content.decode()


def test_a_withdrawn_comment_leaves_its_stub_and_its_replies_keep_their_own_control(cast, section, keys, signed_in):
    comment = on(section, keys, cast.amina)
    reply = add_comment(section, text="Section 14.", by=cast.dana, parent=comment)
    signed_in(cast.amina).post(f"{F1}comments/{comment.pk}/withdraw/")

    html = signed_in(cast.dana).get(f"{F1}comments/").content.decode()

    assert ("Withdrawn by its author." in html, "Which year?" in html, "Section 14." in html) == (True, False, True)
    assert f"{F1}comments/{reply.pk}/withdraw/" in html
    assert f"{F1}comments/{comment.pk}/withdraw/" not in html
    assert "No fee may be charged" not in re.findall(r'<blockquote class="quote"[^>]*>([^<]*)<', html)


def test_beside_the_answers_stand_the_open_threads_that_were_last_written_in(cast, section, keys, signed_in):
    """A section may have hundreds; the counts are those of all, and all stand on a page of their own."""
    written = [on(section, keys, cast.amina, text=f"Remark {number}.") for number in range(9)]
    add_comment(section, text="An answer.", by=cast.dana, parent=written[0])
    client = signed_in(cast.dana)

    html, whole = (client.get(address).content.decode() for address in (F1, f"{F1}comments/"))

    assert [int(pk) for pk in re.findall(r'id="c-(\d+)"', html)] == [
        row.pk for row in (written[0], *reversed(written[4:]))
    ]
    assert ("9 open, 0 resolved" in html, "All 9 comments" in html) == (True, True)
    assert whole.count('class="thread"') == 9


@pytest.mark.parametrize("count", [1, 5])
def test_threads_cost_the_page_the_same_however_many(cast, section, keys, signed_in, statements, count):
    for number in range(count):
        on(section, keys, cast.amina, place=number % 2)
    client = signed_in(cast.dana)

    with statements() as seen:
        client.get(F1)

    assert len(seen) <= 14, "\n".join(each[:110] for each in seen)


def test_help_with_a_question_is_asked_of_the_coordinators_who_hear_at_once(cast, section, signed_in):
    dana, asked = signed_in(cast.dana), answer(section)
    link = re.search(rf'href="({F1}comments/\?help=1&amp;answer={asked.pk})#write"', dana.get(F1).content.decode())[1]
    form = dana.get(link.replace("&amp;", "&")).content.decode()
    assert "Ask the coordinators for help with question 1" in form
    assert "Read by: The section: its bodies and the coordinators" in form

    sent = {"help": "1", "answer": asked.pk, "text": "Which fees are meant?"}
    dana.post(f"{F1}comments/add/", sent)

    comment = Comment.objects.get()
    assert (comment.answer, comment.text, comment.audience) == (asked, "Which fees are meant?", "section")
    told = Notification.objects.filter(kind="help_asked")
    assert {(row.recipient.name, row.is_urgent) for row in told} == {
        ("Amina", True),
        ("Wen", True),
        ("Jonas", False),
    }
    assert not Notification.objects.filter(kind="comment_written").exists()


def test_without_a_word_no_help_is_asked_and_the_form_comes_back(cast, section, signed_in):
    sent = {"help": "1", "answer": answer(section).pk, "text": " "}

    reply = signed_in(cast.dana).post(f"{F1}comments/add/", sent)

    assert reply.status_code == 409
    assert "Ask the coordinators for help with question 1" in reply.content.decode()
    assert not Comment.objects.exists()
