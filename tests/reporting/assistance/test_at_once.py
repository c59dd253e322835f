"""Two at the same moment: one effect, and a sentence for the other; on both databases."""

import datetime
import threading
import uuid

import pytest
from django.db import connection

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from reporting.assistance.models import AgencyPosition, AssistanceRequest, Message, Note, Referral
from reporting.assistance.services import position as positions
from reporting.assistance.services import request as requests
from reporting.assistance.services import submission, talk
from tests.reporting.assistance import factories
from tests.reporting.assistance.test_workflow import POSITIONS, REQUESTS

pytestmark = pytest.mark.django_db(transaction=True)
SETTLING = {"accept", "confirm", "dispute"}


def at_once(act, *people):
    """What each of the people got of ``act(by)``, begun at the same moment: "done", or the sentence."""
    start, got = threading.Barrier(len(people)), []

    def run(by):
        start.wait()
        try:
            act(by)
            got.append("done")
        except Refused as refused:
            got.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(got, key=lambda said: said != "done")


def acts(name):
    return HistoryEntry.objects.filter(act=name).count()


def test_every_move_of_a_request_has_one_effect(cast):
    found, people = {}, (cast.amina, cast.wen)
    for status, name, _target in sorted(REQUESTS - {each for each in REQUESTS if each[1] in {"reopen", "ask_back"}}):
        row, before = factories.request(cast, status), acts(f"assistancerequest.{name}")

        def move(by, row=row, name=name):
            if name == "clear":
                requests.clear_request(row, by=cast.jonas)
            elif name == "authorise":
                requests.authorise_request(row, by=by, office="Minister", authorised_on=datetime.date(2026, 11, 12))
            elif name in submission.SUBMITTING:
                submission.submit_request(row, move=name, by=by)
            else:
                submission.conclude_request(row, move=name, by=by, reason="Because.")

        done, refused = at_once(move, *people)
        found[status, name] = (done, refused[:8], acts(f"assistancerequest.{name}") - before)

    assert found == dict.fromkeys(found, ("done", "Already ", 1))


def test_every_move_of_a_position_has_one_effect(cast):
    found = {}
    for status, name, _target in sorted(POSITIONS):
        position, number = factories.position(cast, status), None
        if name == "accept":
            positions.save_plan(position, by=cast.ilo_desk, number=0, content=factories.PLAN)
            number = positions.offer_plan(position, by=cast.ilo_head, number=1).version
        people = (cast.amina, cast.wen) if name in SETTLING else (cast.ilo_head, cast.ilo_head)
        before = acts(f"agencyposition.{name}")

        def move(by, position=position, name=name, number=number):
            positions.move_position(position, move=name, by=by, reason="Because.", number=number)

        done, refused = at_once(move, *people)
        found[status, name] = (done, refused[:8], acts(f"agencyposition.{name}") - before)

    assert found == dict.fromkeys(found, ("done", "Already ", 1))


def test_a_question_a_further_agency_and_an_offer_happen_once(cast):
    position = factories.position(cast, "in_discussion")
    positions.save_plan(position, by=cast.ilo_desk, number=0, content=factories.PLAN)

    asked = at_once(lambda by: submission.ask_back(position, by=by, text="How many?"), cast.ilo_head, cast.ilo_desk)
    added = at_once(lambda by: submission.add_agency(position.request, agency=cast.iom, by=by), cast.amina, cast.wen)
    offered = at_once(lambda by: positions.offer_plan(position, by=by, number=1), cast.ilo_head, cast.ilo_head)

    assert (asked[0], "asked back already" in asked[1]) == ("done", True)
    assert added == ["done", "IOM is addressed already."] or (added[0] == "done" and "addressed already" in added[1])
    assert offered == ["done", "done"]
    assert [acts(each) for each in ("agencyposition.ask_back", "assistancerequest.add_agency", "plan.offer")] == [1] * 3
    assert AgencyPosition.objects.filter(agency=cast.iom).count() == 1


def test_what_is_written_is_kept_once_however_often_the_form_is_sent(cast):
    factories.theme(), factories.provision()
    position, token = factories.position(cast), uuid.uuid4()
    draft = factories.draft(cast, title="Sent twice")
    twice = (cast.ilo_desk, cast.ilo_desk)

    said = [
        *at_once(lambda by: talk.write_to_state(position, by=by, text="One", token=token), *twice),
        *at_once(lambda by: talk.write_note(position, by=by, text="One", token=token), *twice),
        *at_once(
            lambda by: talk.write_to_agencies(position.request, by=by, text="One", token=uuid.UUID(int=7)),
            *(cast.amina, cast.amina),
        ),
        *at_once(
            lambda by: requests.create_request(cast.arcadia, by=by, draft=draft, token=uuid.UUID(int=8)),
            *(cast.dana, cast.dana),
        ),
        *at_once(
            lambda by: positions.propose_referral(position, by=by, agency=cast.iom, reason="They know this."), *twice
        ),
    ]

    rows = (Message, Note, Referral)
    assert said == ["done"] * 10
    assert [model.objects.count() for model in rows] == [2, 1, 1]
    assert AssistanceRequest.objects.filter(title="Sent twice").count() == 1


def test_two_who_save_the_same_draft_at_once_lose_nothing(cast):
    row = factories.request(cast)
    texts = {cast.dana: "As Dana writes it.", cast.jonas: "As Jonas writes it."}

    def save(by):
        draft = factories.draft(cast, need=texts[by])
        requests.change_request(row, by=by, version=row.version, draft=draft)

    done, refused = at_once(save, *texts)

    row.refresh_from_db()
    assert (done, "saved this request meanwhile" in refused, row.version) == ("done", True, 2)
    assert row.need in texts.values()
