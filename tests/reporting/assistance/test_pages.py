"""The pages: what each side sees, and what never crosses."""

import datetime
import uuid

import pytest

from reporting.assistance.models import AssistanceRequest, Message, Note
from reporting.assistance.querysets import Unchanging
from reporting.assistance.services import request as requests
from reporting.assistance.services import talk
from tests.reporting.assistance import factories

pytestmark = pytest.mark.django_db


def posted(cast, **more) -> dict:
    return {
        "token": str(uuid.uuid4()),
        "title": "A model contract",
        "responsible": cast.health.pk,
        "provisions": "CMW 66",
        "language": "en",
        **more,
    }


def test_a_drafter_keeps_a_draft_once_however_often_the_form_is_sent(cast, signed_in):
    factories.provision()
    client, data = signed_in(cast.dana), posted(cast)

    answers = [client.post("/assistance/new/", data).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert [(row.title, str(row.provisions.get())) for row in AssistanceRequest.objects.all()] == [
        ("A model contract", "CMW 66")
    ]


def test_an_unknown_provision_gets_a_sentence_and_nothing_typed_is_lost(cast, signed_in):
    page = signed_in(cast.dana).post("/assistance/new/", posted(cast, provisions="XYZ 1", need="A canary need"))

    assert page.status_code == 422
    assert "not in the catalogue: XYZ 1" in page.content.decode()
    assert "A canary need" in page.content.decode()


def test_the_form_starts_from_the_provision_its_themes_and_their_agencies(cast, signed_in):
    from reporting.instruments.models import ThemeProvision

    theme, provision = factories.theme(leads=(cast.ilo,)), factories.provision()
    ThemeProvision.objects.create(theme=theme, provision=provision)

    form = signed_in(cast.dana).get("/assistance/new/?provision=CMW+66").context["form"]

    assert (form.initial["themes"], form.initial["agencies"]) == ([theme], [cast.ilo])


@pytest.mark.parametrize("status", ["draft", "cleared", "authorised", "submitted", "returned", "closed", "withdrawn"])
def test_the_state_follows_a_request_in_each_state(cast, signed_in, status):
    row = factories.request(cast, status)
    addresses = [f"/assistance/{row.address}/", "/assistance/"]

    for who in (cast.dana, cast.jonas, cast.amina):
        assert [signed_in(who).get(address).status_code for address in addresses] == [200, 200]


@pytest.mark.parametrize("address", ["", "edit/", "authorise/", "submit/", "letter/", "plan/ILO/"])
def test_a_request_does_not_exist_for_other_bodies_other_states_and_agencies(cast, signed_in, address):
    row = factories.request(cast, "submitted")
    factories.position(cast, "in_discussion", row)

    for who in (cast.rosa, cast.idris, cast.mina, cast.nuri, cast.ilo_head):
        assert signed_in(who).get(f"/assistance/{row.address}/{address}").status_code == 404


@pytest.mark.parametrize("status", ["draft", "cleared", "authorised", "withdrawn_draft"])
def test_an_agency_never_learns_of_a_request_before_its_submission(cast, signed_in, status):
    row = factories.request(cast, status, title="Canary of a draft")
    client = signed_in(cast.ilo_head)

    assert client.get(f"/agency/requests/{row.address}/").status_code == 404
    assert "Canary" not in client.get("/agency/requests/?q=canary").content.decode().replace('value="canary"', "")


def test_an_agency_reads_the_last_submitted_version_while_the_state_mends_it(cast, signed_in):
    row = factories.request(cast, "returned", internal_priority="urgent")
    mended = factories.draft(cast, title="Canary of the mended draft", need="Canary need", internal_priority="urgent")
    requests.change_request(row, by=cast.dana, version=row.version, draft=mended)
    client = signed_in(cast.ilo_head)

    texts = [
        client.get(address).content.decode() for address in (f"/agency/requests/{row.reference}/", "/agency/requests/")
    ]

    for text in texts:
        assert "Monitoring recruitment fees" in text
        assert "Canary" not in text
        assert "Urgent: within three months" not in text


def test_the_notes_of_an_agency_stay_there(cast, signed_in):
    row = factories.request(cast, "submitted", agencies=[cast.ilo, cast.iom])
    signed_in(cast.ilo_desk).post(
        f"/agency/requests/{row.reference}/messages/",
        {"audience": "note", "text": "Canary of a note", "token": str(uuid.uuid4())},
    )

    def shows(who, address):
        return "Canary of a note" in signed_in(who).get(address).content.decode()

    assert Note.objects.count() == 1
    assert shows(cast.ilo_reader, f"/agency/requests/{row.reference}/")
    assert not shows(cast.iom_head, f"/agency/requests/{row.reference}/")
    assert not shows(cast.amina, f"/assistance/{row.address}/")


def test_a_message_to_one_agency_is_not_read_by_another(cast, signed_in):
    row = factories.request(cast, "submitted", agencies=[cast.ilo, cast.iom])
    token = uuid.uuid4()
    for _time in range(2):
        talk.write_to_agencies(row, by=cast.jonas, text="Canary for the ILO", agency=cast.ilo, token=token)

    address = f"/agency/requests/{row.reference}/"
    assert Message.objects.count() == 1
    assert "Canary for the ILO" in signed_in(cast.ilo_desk).get(address).content.decode()
    assert "Canary for the ILO" not in signed_in(cast.iom_desk).get(address).content.decode()


def test_an_officer_reads_only_requests_of_the_states_in_scope(cast, signed_in):
    from tests import factories as people

    row = factories.request(cast, "submitted")
    narrow = people.officer("Nadia", cast.ilo, "head", scope=[cast.qamar])

    assert signed_in(narrow).get(f"/agency/requests/{row.reference}/").status_code == 404


def test_a_second_acknowledgement_gets_the_reason_and_has_no_effect(cast, signed_in):
    row = factories.request(cast, "submitted")
    client, address = signed_in(cast.ilo_desk), f"/agency/requests/{row.reference}/move/"

    answers = [client.post(address, {"move": "acknowledge"}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Already acknowledged by ILO desk" in answers[1].content.decode()


def test_a_reader_and_a_desk_officer_do_not_decline(cast, signed_in):
    row = factories.request(cast, "submitted")
    address = f"/agency/requests/{row.reference}/move/"

    answers = [
        signed_in(who).post(address, {"move": "decline", "reason": "No funds"}).status_code
        for who in (cast.ilo_reader, cast.ilo_desk, cast.ilo_head)
    ]

    assert answers == [403, 403, 302]


def test_the_whole_way_from_draft_to_confirmed_by_forms(cast, signed_in):
    row = factories.request(cast)
    # The first that Arcadia submits this year: its draft had no number.
    base, desk = f"/assistance/{row.address}/", f"/agency/requests/ARC-{datetime.date.today().year}-01/"
    jonas, amina, head = (signed_in(who) for who in (cast.jonas, cast.amina, cast.ilo_head))
    plan = {"number": "0", "activities": "Two courses", "currency": "USD"}
    for name in ("results", "budget", "milestones"):
        plan |= {f"{name}-TOTAL_FORMS": "1", f"{name}-INITIAL_FORMS": "0"}
    plan |= {"budget-0-item": "Courses", "budget-0-state_share": "22000", "budget-0-asked": "26000"}

    steps = [
        (jonas, base + "move/", {"move": "clear"}),
        (amina, base + "authorise/", {"office": "Minister", "authorised_on": "2026-11-12"}),
        (amina, base + "submit/", {"move": "submit"}),
        (head, desk + "move/", {"move": "acknowledge"}),
        (head, desk + "move/", {"move": "open_plan"}),
        (head, desk + "plan/", plan),
        (head, desk + "plan/", {"offer": "1"}),
        (amina, base + "agencies/ILO/", {"move": "accept", "number": "1"}),
        (head, desk + "move/", {"move": "start"}),
        (head, desk + "move/", {"move": "complete"}),
        (amina, base + "agencies/ILO/", {"move": "confirm"}),
        (amina, base + "move/", {"move": "close"}),
    ]
    answers = [client.post(address, data).status_code for client, address, data in steps]

    row.refresh_from_db()
    position = row.positions.get()
    assert answers == [302] * len(steps)
    assert (row.status, position.status) == ("closed", "confirmed")
    assert position.plan.accepted.content["budget"] == [
        {"item": "Courses", "total": "48000", "state_share": "22000", "asked": "26000", "others": "0"}
    ]
    for client, address in ((amina, base), (amina, base + "plan/ILO/"), (head, desk), (head, desk + "plan/")):
        assert client.get(address).status_code == 200


def test_versions_never_change(cast):
    version = factories.request(cast, "submitted").versions.get()

    for change in (version.save, version.delete, lambda: type(version).objects.update(title="x")):
        with pytest.raises(Unchanging):
            change()


@pytest.mark.parametrize(("who", "address"), [("amina", "/assistance/"), ("ilo_head", "/agency/requests/")])
def test_lists_cost_the_same_with_one_and_three_requests(cast, signed_in, statements, who, address):
    costs = []
    for more in (1, 2):
        for _row in range(more):
            factories.request(cast, "submitted")
        client = signed_in(getattr(cast, who))
        client.get(address)
        with statements() as seen:
            client.get(address)
        costs.append(len(seen))

    assert costs[0] == costs[1] <= 8, seen
