"""The plan of the State and one agency: who writes it until when, and what becomes of an offer."""

import uuid

import pytest

from accounts.exceptions import Refused
from reporting.assistance.models import Message, Note
from reporting.assistance.services import position as positions
from tests.reporting.assistance import factories

pytestmark = pytest.mark.django_db
OTHER = {**factories.PLAN, "risks": "Elections in May."}


@pytest.mark.parametrize("status", ["in_discussion", "agreed", "in_progress", "completed", "confirmed", "discontinued"])
def test_both_sides_write_the_plan_from_in_discussion_on(cast, status):
    position = factories.position(cast, status)

    for by in (cast.jonas, cast.amina, cast.ilo_desk, cast.ilo_head):
        position.plan.refresh_from_db()
        content = {**factories.PLAN, "risks": f"As {by} sees them."}
        plan = positions.save_plan(position, by=by, number=position.plan.version, content=content)

    assert plan.versions.first().content["risks"] == "As ILO head sees them."


def test_a_plan_that_was_in_discussion_is_still_written_after_the_agency_declined(cast):
    position = factories.position(cast, "in_discussion")
    positions.move_position(position, move="decline", by=cast.ilo_head, reason="No funds.")
    position.refresh_from_db()

    assert positions.save_plan(position, by=cast.ilo_desk, number=0, content=OTHER).version == 1


@pytest.mark.parametrize("name", ["dana", "rosa", "ilo_reader", "iom_head", "mina"])
def test_nobody_else_writes_the_plan(cast, name):
    position = factories.position(cast, "in_discussion")

    with pytest.raises(Refused):
        positions.save_plan(position, by=getattr(cast, name), number=0, content=OTHER)


@pytest.mark.parametrize("name", ["jonas", "amina", "ilo_desk", "ilo_head"])
def test_a_later_edit_takes_the_offer_back_so_that_it_cannot_be_accepted(cast, name):
    position = factories.position(cast, "in_discussion")
    positions.save_plan(position, by=cast.ilo_desk, number=0, content=factories.PLAN)
    positions.offer_plan(position, by=cast.ilo_head, number=1)

    positions.save_plan(position, by=getattr(cast, name), number=1, content=OTHER)

    with pytest.raises(Refused, match="the offer was taken back"):
        positions.move_position(position, move="accept", by=cast.amina, number=1)


def test_what_was_accepted_stays_accepted_when_the_plan_is_edited_later(cast):
    position = factories.position(cast, "agreed")

    plan = positions.save_plan(position, by=cast.jonas, number=1, content=OTHER)

    assert (plan.version, plan.offered, plan.accepted.content) == (2, None, factories.PLAN)


def test_a_reader_of_the_agency_writes_messages_but_no_note_and_asks_nothing_back(cast, signed_in):
    row = factories.request(cast, "submitted")
    client, address = signed_in(cast.ilo_reader), f"/agency/requests/{row.reference}/"

    def post(audience):
        data = {"audience": audience, "text": f"To {audience}", "token": str(uuid.uuid4())}
        return client.post(address + "messages/", data).status_code

    assert [post(each) for each in ("state", "all", "note", "ask_back")] == [302, 302, 403, 403]
    assert [message.text for message in Message.objects.all()] == ["To state", "To all"]
    assert Note.objects.count() == 0
    page = client.get(address).content.decode()
    assert "Arcadia and all agencies" in page
    assert "ILO alone: a note" not in page
    assert client.post(address + "move/", {"move": "acknowledge"}).status_code == 403
