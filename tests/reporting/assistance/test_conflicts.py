"""What two people typed at once, and more than fits: the sentence, and nothing lost."""

import re
import uuid
from html import unescape

import pytest

from reporting.assistance.forms import PlanForm
from reporting.assistance.forms.request import initial_of
from reporting.assistance.models import AssistanceRequest
from reporting.assistance.services import position as positions
from reporting.assistance.services import request as requests
from reporting.assistance.services import submission
from tests.reporting.assistance import factories

pytestmark = pytest.mark.django_db
LONG = "A pasted sentence. " * 1053 + "Lost end"  # 20,015 characters


def typed(row, **changed):
    """The form of a request as a browser posts it."""
    said = {**initial_of(row), "responsible": row.responsible_id, **changed}
    for name in ("themes", "agencies"):
        said[name] = [each.pk for each in said[name]]
    return {name: value for name, value in said.items() if value not in (None, "", False)}


def carried(page):
    """The hidden fields of a page, as a browser sends them on."""
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w[\w-]*)" value="([^"]*)">', page):
        found.setdefault(name, []).append(unescape(value))
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.fixture
def stale(cast, signed_in):
    """Dana's form was open when Jonas saved another need and another way of saying why now."""
    row = factories.request(cast)
    form = typed(row)
    theirs = factories.draft(cast, need="The need as Jonas sees it.", why_now="Jonas knows why.")
    requests.change_request(row, by=cast.jonas, version=1, draft=theirs)
    return row, form, signed_in(cast.dana)


def test_an_old_form_that_changed_another_field_is_joined(stale):
    row, form, client = stale

    answer = client.post(f"/assistance/{row.address}/edit/", {**form, "missing": "What Dana misses."})

    row.refresh_from_db()
    assert answer.status_code == 302
    assert (row.need, row.missing, row.version) == ("The need as Jonas sees it.", "What Dana misses.", 3)


def test_an_old_form_that_changed_the_same_field_shows_both_texts_and_neither_is_chosen(stale):
    row, form, client = stale

    answer = client.post(f"/assistance/{row.address}/edit/", {**form, "need": "The need as Dana sees it."})

    page = answer.content.decode()
    row.refresh_from_db()
    assert (answer.status_code, row.need, row.version) == (409, "The need as Jonas sees it.", 2)
    assert "Jonas saved this request meanwhile." in page
    assert "The need as Dana sees it." in page
    assert "The need as Jonas sees it." in page
    assert re.findall(r'name="choice_(\w+)" value="(\w+)"', page) == [
        ("need", "mine"),
        ("need", "theirs"),
        ("need", "both"),
    ]
    assert "checked" not in page


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", "The need as Dana sees it."),
        ("theirs", "The need as Jonas sees it."),
        ("both", "The need as Jonas sees it.\n\nThe need as Dana sees it."),
    ],
)
def test_the_choice_is_saved_with_everything_else_that_was_typed(stale, choice, kept):
    row, form, client = stale
    address = f"/assistance/{row.address}/edit/"
    data = {**form, "need": "The need as Dana sees it.", "missing": "What Dana\nmisses."}
    page = client.post(address, data).content.decode()

    undecided = client.post(address, carried(page))
    answer = client.post(address, {**carried(undecided.content.decode()), "choice_need": choice})

    row.refresh_from_db()
    assert (undecided.status_code, "Choose for every passage." in undecided.content.decode()) == (409, True)
    assert (answer.status_code, row.need, row.missing) == (302, kept, "What Dana\nmisses.")
    assert row.why_now == "Jonas knows why."


def test_a_choice_made_of_texts_that_changed_again_is_asked_again(cast, stale):
    row, form, client = stale
    address = f"/assistance/{row.address}/edit/"
    page = client.post(address, {**form, "need": "The need as Dana sees it."}).content.decode()
    row.refresh_from_db()
    again = factories.draft(cast, need="Jonas once more.", why_now="Jonas knows why.")
    requests.change_request(row, by=cast.jonas, version=2, draft=again)

    answer = client.post(address, {**carried(page), "choice_need": "mine"})

    assert answer.status_code == 409
    assert "Jonas once more." in answer.content.decode()
    assert AssistanceRequest.objects.get(pk=row.pk).need == "Jonas once more."


def test_both_texts_of_a_plan_stand_side_by_side_and_both_can_be_kept(cast, signed_in):
    position = factories.position(cast, "in_discussion")
    address = f"/agency/requests/{position.request.reference}/plan/"
    form = PlanForm(content=factories.PLAN)
    data = {"number": "0", "activities": "A survey", "risks": "Risks as the desk sees them.", "currency": "USD"}
    for rows in (form.results, form.budget, form.milestones):
        data |= {f"{rows.prefix}-TOTAL_FORMS": "0", f"{rows.prefix}-INITIAL_FORMS": "0"}
    positions.save_plan(position, by=cast.jonas, number=0, content={**factories.PLAN, "risks": "Risks as Jonas sees."})
    client = signed_in(cast.ilo_desk)

    answer = client.post(address, data)
    page = answer.content.decode()
    saved = client.post(address, {**carried(page), "choice_activities": "both", "choice_risks": "theirs"})

    assert answer.status_code == 409
    assert "Risks as the desk sees them." in page
    assert "Risks as Jonas sees." in page
    position.plan.refresh_from_db()
    content = position.plan.versions.first().content
    assert (saved.status_code, position.plan.version) == (302, 2)
    assert (content["activities"], content["risks"]) == (["Two courses", "A survey"], "Risks as Jonas sees.")
    assert content["results"] == factories.PLAN["results"]


def test_a_form_left_open_while_the_request_was_submitted_keeps_what_was_typed(cast, signed_in):
    row = factories.request(cast, "authorised")
    form = typed(row, need="Typed too late.")
    submission.submit_request(row, move="submit", by=cast.amina)

    answer = signed_in(cast.dana).post(f"/assistance/{row.address}/edit/", form)

    assert answer.status_code == 409
    assert "The request is with the agencies." in answer.content.decode()
    assert "Typed too late." in answer.content.decode()


def test_a_reason_typed_too_late_is_shown_with_the_refusal(cast, signed_in):
    row = factories.request(cast, "withdrawn_draft")

    answer = signed_in(cast.amina).post(
        f"/assistance/{row.address}/move/", {"move": "withdraw", "reason": "A reason of some length."}
    )

    assert answer.status_code == 409
    assert "Already withdrawn by Amina" in answer.content.decode()
    assert "A reason of some length." in answer.content.decode()


@pytest.mark.parametrize("name", ["title", "need", "missing", "counterpart_name", "recommendations", "plan_link"])
def test_what_is_pasted_and_too_long_gets_a_sentence_and_comes_back_whole(cast, signed_in, name):
    row = factories.request(cast)
    client, address = signed_in(cast.dana), f"/assistance/{row.address}/edit/"

    answer = client.post(address, typed(row, **{name: LONG}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"This text has {len(LONG)} characters, and" in page
    assert LONG in page
    assert "maxlength" not in client.get(address).content.decode()


def test_twenty_thousand_characters_of_many_lines_fit(cast, signed_in):
    row = factories.request(cast)
    lines = "\r\n".join(["nineteen characters"] * 1000)

    answer = signed_in(cast.dana).post(f"/assistance/{row.address}/edit/", typed(row, need=lines))

    row.refresh_from_db()
    assert (answer.status_code, row.need) == (302, lines.replace("\r\n", "\n"))


def test_thousands_of_provisions_get_a_sentence(cast, signed_in):
    row = factories.request(cast)
    lines = "\n".join(f"CMW {number}" for number in range(2500))

    answer = signed_in(cast.dana).post(f"/assistance/{row.address}/edit/", typed(row, provisions=lines))

    assert answer.status_code == 422
    assert "These are 2500 lines. Name at most 60 provisions" in answer.content.decode()
    assert "CMW 2499" in answer.content.decode()


@pytest.mark.parametrize("audience", ["state", "note", "ask_back"])
def test_a_message_that_is_too_long_comes_back_whole(cast, signed_in, audience):
    row = factories.request(cast, "submitted")
    data = {"audience": audience, "text": LONG, "token": str(uuid.uuid4())}

    answer = signed_in(cast.ilo_desk).post(f"/agency/requests/{row.reference}/messages/", data)

    assert answer.status_code == 422
    assert f"This text has {len(LONG)} characters" in answer.content.decode()
    assert LONG in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "?q=%00fee%00",
        "new/?provision=CMW%00&theme=%00",
        "new/?question=%00&report=%00",
    ],
    ids=["search", "provision", "question"],
)
def test_control_characters_in_an_address_are_left_out(cast, signed_in, address):
    assert signed_in(cast.dana).get(f"/assistance/{address}").status_code == 200


def test_control_characters_reach_no_list_of_an_agency_and_no_reason(cast, signed_in):
    row = factories.request(cast, "submitted")
    client = signed_in(cast.ilo_head)

    listed = client.get("/agency/requests/?q=fees%00&state=%00&language=%00&position=%00&kind=%00")
    answer = client.post(f"/agency/requests/{row.reference}/move/", {"move": "decline", "reason": "No\x00 funds"})

    assert (listed.status_code, answer.status_code) == (200, 302)
    assert row.positions.get().status_note == "No funds"
