"""Another wording for a paragraph, suggested by whoever may comment and settled by the lead body; and mentions."""

import pytest

from accounts.exceptions import Denial, Refused
from accounts.models import Notification
from reporting.reports.choices import Audience, Why
from reporting.reports.models import AnswerVersion, Comment
from reporting.reports.services.comment import add_comment, withdraw_comment
from reporting.reports.services.mentions import names_in
from reporting.reports.services.suggestion import accept_suggestion, decline_suggestion, suggest
from tests.reporting.reports import factories as made

pytestmark = pytest.mark.django_db

FEE = "No fee may be charged to the worker by an agency."


@pytest.fixture
def section(cast):
    row = made.section(made.report(cast), "f1")
    made.write(row, FEE, cast.dana)
    return row


def first(section):
    return section.answers.order_by("question__position")[0]


def text(section) -> str:
    return first(section).paragraphs.get().text


def suggestion(section, by, proposal="No fee may be charged to any worker by an agency.", **said) -> Comment:
    answer = first(section)
    return suggest(section, answer=answer, paragraph_key=answer.paragraphs.get().key, proposal=proposal, by=by, **said)


def rewrite(section, by, words: str) -> None:
    made.write(section, words, by, key=str(first(section).paragraphs.get().key))


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


def told(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


# --- suggesting ---------------------------------------------------------------------------


def test_a_suggestion_changes_nothing_until_it_is_accepted(cast, section):
    comment = suggestion(section, cast.amina)

    assert text(section) == FEE
    assert (comment.before, comment.proposal) == (FEE, "No fee may be charged to any worker by an agency.")


@pytest.mark.parametrize(
    ("proposal", "reason"),
    [
        (" \n ", "Write the wording that you suggest."),
        (FEE, "The suggested wording is the one that stands there."),
        ("x" * 20_001, "A paragraph may have"),
    ],
)
def test_an_empty_wording_the_same_and_one_too_long_are_refused(cast, section, proposal, reason):
    assert refusal(suggestion, section, cast.amina, proposal).reason.startswith(reason)
    assert not Comment.objects.exists()


def test_who_may_not_comment_suggests_nothing(cast, section):
    assert refusal(suggestion, section, cast.nuri).denial is Denial.NO_RIGHT


def test_a_suggestion_inside_ones_body_is_read_there_alone(cast, section, signed_in):
    suggestion(section, cast.jonas, audience=Audience.BODY)
    address = f"/reports/{section.report.slug}/sections/f1/comments/"

    assert "any" in signed_in(cast.dana).get(address).content.decode()
    assert "suggestion-" not in signed_in(cast.amina).get(address).content.decode()


# --- settling -----------------------------------------------------------------------------


def test_accepting_puts_the_wording_in_place_and_says_so_to_its_author(cast, section):
    comment = suggestion(section, cast.amina)

    accept_suggestion(comment, by=cast.dana)

    assert text(section) == comment.proposal
    assert AnswerVersion.objects.latest("number").why == Why.SUGGESTED
    assert told(cast.amina)[-1] == "suggestion_accepted"


def test_declining_leaves_the_paragraph_and_says_so(cast, section):
    comment = suggestion(section, cast.amina)

    decline_suggestion(comment, by=cast.jonas)

    assert text(section) == FEE
    comment.refresh_from_db()
    assert (comment.outcome, comment.resolved_by) == ("declined", cast.jonas)
    assert told(cast.amina)[-1] == "suggestion_declined"


def test_what_was_changed_elsewhere_in_the_paragraph_meanwhile_is_kept(cast, section):
    comment = suggestion(section, cast.amina)
    rewrite(section, cast.dana, "No fee may be charged to the worker by an agency or its agents.")

    accept_suggestion(comment, by=cast.dana)

    assert text(section) == "No fee may be charged to any worker by an agency or its agents."


def test_when_the_same_words_were_changed_the_paragraph_stays_and_a_sentence_says_why(cast, section):
    comment = suggestion(section, cast.amina)
    rewrite(section, cast.dana, "No fee may be charged to a migrant worker by an agency.")

    assert refusal(accept_suggestion, comment, by=cast.dana).reason.startswith("The same words of the paragraph")
    assert text(section) == "No fee may be charged to a migrant worker by an agency."
    comment.refresh_from_db()
    assert comment.outcome == ""


def test_a_paragraph_that_is_gone_takes_no_wording(cast, section):
    comment = suggestion(section, cast.amina)
    rewrite(section, cast.dana, "Gone.")
    made.write(section, "Another paragraph.", cast.dana)

    assert refusal(accept_suggestion, comment, by=cast.dana).reason.startswith("The paragraph has been removed.")


@pytest.mark.parametrize("act", [accept_suggestion, decline_suggestion])
@pytest.mark.parametrize("name", ["amina", "rosa", "idris"])
def test_only_the_lead_body_settles_a_suggestion(cast, section, act, name):
    comment = suggestion(section, cast.amina)

    assert refusal(act, comment, by=getattr(cast, name)).denial in {Denial.NO_RIGHT, Denial.HIDDEN}


@pytest.mark.parametrize("act", [accept_suggestion, decline_suggestion])
def test_a_second_click_is_told_who_settled_it(cast, section, act):
    comment = suggestion(section, cast.amina)
    accept_suggestion(comment, by=cast.jonas)

    assert refusal(act, comment, by=cast.dana).reason == "Already settled by Jonas: Accepted."
    assert AnswerVersion.objects.filter(answer=first(section)).count() == 2


def test_nothing_is_settled_while_the_section_is_with_the_coordinator(cast, section):
    comment = suggestion(section, cast.amina)
    made.set_state(section, "in_review")

    assert refusal(accept_suggestion, comment, by=cast.dana).denial is Denial.STATE


def test_a_withdrawn_suggestion_loses_its_words_and_cannot_be_accepted(cast, section):
    comment = suggestion(section, cast.amina)
    withdraw_comment(comment, by=cast.amina)

    refusal(accept_suggestion, comment, by=cast.dana)
    comment.refresh_from_db()
    assert (comment.proposal, comment.before, text(section)) == ("", "", FEE)


# --- pages --------------------------------------------------------------------------------


def test_the_page_of_a_paragraph_takes_a_suggestion_and_shows_old_and_new(cast, section, signed_in):
    address = f"/reports/{section.report.slug}/sections/f1/"
    answer = first(section)
    key = answer.paragraphs.get().key
    box = signed_in(cast.amina).get(f"{address}comments/?paragraph={key}").content.decode()
    assert f">\n{FEE}</textarea>" in box

    data = {"answer": answer.pk, "paragraph": key, "proposal": "No fee at all.", "text": "Shorter."}
    signed_in(cast.amina).post(f"{address}comments/add/", data)

    page = signed_in(cast.dana).get(address).content.decode()
    assert ("Accept this wording" in page, "Shorter." in page) == (True, True)
    assert "<ins>" in page
    comment = Comment.objects.get()
    signed_in(cast.dana).post(f"{address}comments/{comment.pk}/accept/", {"back": "section"})
    assert text(section) == "No fee at all."


def test_a_refused_suggestion_comes_back_with_its_words(cast, section, signed_in):
    answer = first(section)
    data = {"answer": answer.pk, "paragraph": answer.paragraphs.get().key, "proposal": FEE, "text": "Why not."}

    page = signed_in(cast.amina).post(f"/reports/{section.report.slug}/sections/f1/comments/add/", data)

    assert page.status_code == 409
    assert "The suggested wording is the one that stands there." in page.content.decode()
    assert "Why not.</textarea>" in page.content.decode()


# --- mentions -----------------------------------------------------------------------------


def test_whoever_is_named_after_an_at_sign_is_told_once_and_at_once(cast, section):
    add_comment(section, text="@Dana, which year? cc @dana @Jonas", by=cast.amina)

    assert told(cast.dana)[-1:] == ["comment_mentioned"]
    assert told(cast.jonas).count("comment_mentioned") == 1
    assert "comment_written" not in told(cast.jonas)[-1:]
    assert Notification.objects.filter(kind="comment_mentioned", is_urgent=True).count() == 2


@pytest.mark.parametrize("name", ["rosa", "idris", "nuri"])
def test_whoever_may_not_read_the_comment_is_not_called(cast, section, name):
    add_comment(section, text=f"@{getattr(cast, name).name} look", by=cast.amina)

    assert "comment_mentioned" not in told(getattr(cast, name))


def test_a_note_inside_a_body_calls_nobody_outside_it(cast, section):
    add_comment(section, text="@Amina must not read this", by=cast.dana, audience=Audience.BODY)

    assert "comment_mentioned" not in told(cast.amina)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("@ann and @ANN MARIE", ["ann", "ann marie"]),
        ("mail ann@anna.example", []),
        ("@annabel", []),
        ("@ann.", ["ann"]),
        ("@أمينة، متى؟", ["أمينة"]),
        ("@@ann", ["ann"]),
    ],
)
def test_names_are_found_whole_and_the_longest_is_meant(said, found):
    assert names_in(said, {"ann", "ann marie", "أمينة"}) == found


def test_a_comment_without_a_mention_costs_no_statement_for_it(cast, section, statements):
    add_comment(section, text="Plain.", by=cast.amina)
    with statements() as plain:
        add_comment(section, text="Plain.", by=cast.amina)
    with statements() as naming:
        add_comment(section, text="@Nobody at all", by=cast.amina)

    assert len(naming) == len(plain) + 1
