"""What one may not read does not show through numbers either: totals, badges, gaps, pages of a list, words counted.

Each change below is made by somebody, and listed with those who may notice it. Everybody else fetches their pages
before and after all changes that are none of theirs: to the letter, nothing may be different.
"""

import re
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Job, Notification
from accounts.services import invitations
from reporting.assistance.services import talk
from reporting.cycles.services import file_received
from reporting.reports.choices import Audience
from reporting.reports.services.citing import cite
from reporting.reports.services.comment import add_comment
from tests.reporting.assistance import factories as requests
from tests.reporting.reports import factories as reports
from tests.routes.matrix import WORDS, undone
from tests.routes.test_canaries import addresses
from tests.routes.world import EVERYBODY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("brief")]

FORMS = re.compile(r"/(?:json|pdf|docx)/$")  # their content is looked at by the canaries; the same texts, the same rows
CHANGES: dict[str, tuple[str, Any]] = {}


def change(noticed: str) -> Any:
    """A change of the world, and the words for those who may notice it."""

    def keep(make: Any) -> Any:
        CHANGES[make.__name__] = (noticed, make)
        return make

    return keep


def may_notice(name: str, words: str) -> bool:
    return any(name in WORDS.get(word, (word,)) for word in words.split())


# --- what happens out of somebody's sight ---------------------------------------------------


@change("others")
def a_note_inside_justice(w: SimpleNamespace) -> None:
    section = reports.section(w.spots["f2 here"].rows["report"], "f2")
    add_comment(section, text="Between us.", by=w.people["other"], audience=Audience.BODY)


@change("coordinator")
def a_note_among_the_coordinators(w: SimpleNamespace) -> None:
    section = reports.section(w.spots["f1 here"].rows["report"], "f1")
    add_comment(section, text="Weak.", by=w.wen, audience=Audience.BODY)


@change("others coordinator")
def a_draft_request_of_justice(w: SimpleNamespace) -> None:
    justice = SimpleNamespace(**vars(w.here) | {"dana": w.people["other_drafter"], "jonas": w.people["other"]})
    requests.request(justice, "draft", agencies=[w.agencies["ILO"]], responsible=w.body["justice"], title="Hidden")


@change("lead coordinator")
def requests_of_health_that_were_not_sent(w: SimpleNamespace) -> None:
    for status in ("draft", "cleared", "authorised"):
        requests.request(w.here, status, agencies=[w.agencies["ILO"], w.agencies["UNHCR"]], title="Hidden")


@change("lead coordinator")
def a_request_that_was_sent_to_another_agency(w: SimpleNamespace) -> None:
    requests.request(w.here, "submitted", agencies=[w.agencies["IOM"]], title="Hidden")


@change("agency")
def a_note_inside_the_agency(w: SimpleNamespace) -> None:
    position = w.spots["request submitted here"].rows["position"]
    talk.write_note(position, by=w.people["head"], text="Between us.")


@change("focal coordinator agency")
def a_message_to_one_agency(w: SimpleNamespace) -> None:
    row = w.spots["request submitted here"].rows["request"]
    talk.write_to_agencies(row, by=w.people["focal"], text="A word.", agency=w.agencies["ILO"])


@change("drafter focal coordinator others both_asked mission consulted")
def an_answer_in_the_report(w: SimpleNamespace) -> None:
    section = reports.section(w.spots["f1 here"].rows["report"], "f1")
    reports.write(section, "Some more words of the answer, not read elsewhere.", w.people["focal"])


@change("drafter focal coordinator others both_asked mission consulted")
def a_law_that_is_cited_in_the_report(w: SimpleNamespace) -> None:
    spot = w.spots["f2 here"].rows
    section = reports.section(spot["report"], "f2")
    item = w.spots["item here"].rows["item"]
    cite(section, answer=spot["answers"][1].pk, item=item.pk, by=w.people["other"])


@change("coordinator mission")
def a_document_received(w: SimpleNamespace) -> None:
    cycle = w.spots["cycle here"].rows["cycle"]
    today = timezone.localdate()
    file_received(cycle, kind="list_of_issues", title="Hidden", received_on=today, by=w.people["coordinator"])


@change("other")
def a_notice_to_one_person(w: SimpleNamespace) -> None:
    Notification.objects.filter(recipient=w.people["other"]).update(read_at=timezone.now())


@change("other")
def a_file_made_for_one_person(w: SimpleNamespace) -> None:
    Job.objects.create(kind="report_export", state_party=w.arcadia, asked_by=w.people["other"], label="Hidden")


@change("foreign")
def everything_that_happens_in_the_other_state(w: SimpleNamespace) -> None:
    section = reports.section(w.spots["f1 there"].rows["report"], "f1")
    reports.write(section, "Some more words.", w.neighbours["focal"])
    add_comment(section, text="Which law?", by=w.neighbours["focal"])
    requests.request(w.there, "draft", agencies=[w.agencies["ILO"]], title="Hidden")
    requests.request(w.there, "submitted", agencies=[w.agencies["IOM"]], title="Hidden")
    invitations.invite(
        state=w.qamar,
        body=w.body["qamar-health"],
        role=Role.DRAFTER,
        email="q@example.org",
        by=w.neighbours["focal"],
    )


# --- what is looked at ----------------------------------------------------------------------

# The record names every act of the State or agency to those who may read it, fetched files included: names, no content.
RECORD = re.compile(r"/history/(?:\?|$)|/log/")
# What a page makes anew each time: its token, its nonce, identifiers of a form, a paragraph or a row to come.
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"|"X-CSRFToken": "\w+"'
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=-)[0-9a-f]{8}\b|(?<=data-key=\")[0-9a-f]{8}\b"
)
# Following a notice marks it as read, and the key of the device is another each time.
NOT_TWICE = re.compile(r"/notifications/\d+/$|/account/device/$")


def seen(client: Client, name: str, pages: list[str]) -> dict[str, str]:
    found = {}
    for address in pages:
        if RECORD.search(address) and name in {"admin", "coordinator", "foreign", "agency_admin"}:
            continue
        response: Any = client.get(address)
        if response.status_code != 200:
            continue  # that refusals are all the same is tried in the matrix
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "replace") if not body.startswith((b"PK", b"%PDF")) else repr(body)
        found[address] = CHANGING.sub("", text)
    return found


def differing(before: str, after: str) -> str:
    """The place from which the second differs."""
    at = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    return f"{before[max(0, at - 80) : at + 60]!r} → {after[max(0, at - 20) : at + 60]!r}"


@pytest.mark.parametrize("name", EVERYBODY)
def test_nothing_on_a_persons_pages_changes_by_what_is_none_of_theirs(name, world):
    pages = [each for each in addresses(world, ("here",)) if not FORMS.search(each) and not NOT_TWICE.search(each)]
    client = world.clients[name]
    with time_machine.travel(timezone.now(), tick=False), undone():
        before = seen(client, name, pages)
        for words, make in CHANGES.values():
            if not may_notice(name, words):
                make(world)
        after = seen(client, name, list(before))

    assert before.keys() == after.keys()
    assert [f"{at}: {differing(text, after[at])}" for at, text in before.items() if after[at] != text] == []
