"""What each person reads on all pages, in files, search, notices and mails, found by words that say whose they are.

The table says who may read each canary; over everything that the person can fetch, the canaries read are exactly those.
"""

import html
import io
import re
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import jobs, notifications
from accounts.models import Job
from exports.registry import FORMATS
from tests.exports.reading import pdf_text
from tests.routes import table
from tests.routes.matrix import NONE, WORDS, undone
from tests.routes.world import EVERYBODY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("brief")]

# --- who may read what ---------------------------------------------------------------------

HERE = {
    # Health's section, shared with the institution; the statistics office is asked for another question.
    "answer-f1-here": "lead coordinator consulted",
    "comment-f1-here": "lead both_asked coordinator",
    "resolved-f1-here": "lead both_asked coordinator",
    "own-f1-here": "lead",
    "file-f1-here": "lead coordinator",
    # Justice's section, in which Health is asked for another question.
    "answer-f2-here": "others coordinator",
    "comment-f2-here": "others lead coordinator",
    "resolved-f2-here": "others lead coordinator",
    "own-f2-here": "others",
    "file-f2-here": "others coordinator",
    # What the institution wrote is read where the section is, and by the institution.
    "consultation-here": "lead both_asked coordinator consulted",
    "document-here": "coordinator mission",
    "objection-here": "coordinator other other_drafter lead",
    "decision-here": "coordinator",
    "reservation-here": "state",
    "item-here": "lead both_asked others idle_focal coordinator",
    "kept-here": "lead both_asked others idle_focal coordinator",
    "job-here": "focal",
    # Cleared text that is to be translated.
    "source-here": "lead coordinator translator",
    "draft-here": "lead coordinator",
    "need-draft-here": "lead coordinator",
    "authorised-here": "lead coordinator",
    "need-authorised-here": "lead coordinator",
    "letter-here": "lead coordinator",
    "submitted-here": "lead coordinator agency",
    "need-submitted-here": "lead coordinator agency",
    "message-here": "focal coordinator agency",
    "note-here": "agency",
    "draft-justice": "others coordinator",
    "need-draft-justice": "others coordinator",
    "submitted-justice": "others coordinator agency",
    "need-submitted-justice": "others coordinator agency",
}
# Of the other State its own coordinator reads what is a coordinator's, and the agencies what was submitted to them.
THERE = {
    "answer-f1-there": "foreign",
    "comment-f1-there": "foreign",
    "resolved-f1-there": "foreign",
    "file-f1-there": "foreign",
    "answer-f2-there": "foreign",
    "comment-f2-there": "foreign",
    "resolved-f2-there": "foreign",
    "file-f2-there": "foreign",
    "consultation-there": "foreign",
    "document-there": "foreign",
    "objection-there": "foreign",
    "decision-there": "foreign",
    "reservation-there": "foreign",
    "item-there": "foreign",
    "kept-there": "foreign",
    "job-there": "foreign",
    "source-there": "foreign",
    "draft-there": "foreign",
    "need-draft-there": "foreign",
    "authorised-there": "foreign",
    "need-authorised-there": "foreign",
    "letter-there": "foreign",
    "submitted-there": "foreign agency",
    "need-submitted-there": "foreign agency",
    "message-there": "foreign agency",
    "note-there": "agency",
}


def readable(name: str) -> set[str]:
    return {
        canary
        for canary, words in (HERE | THERE).items()
        if any(name in WORDS.get(word, (word,)) for word in words.split())
    }


# Who is sent to the other State's addresses too; that they exist for nobody else is tried in the matrix.
FAR = {*WORDS["abroad"], "coordinator", "focal", "admin"}

# --- fetching ------------------------------------------------------------------------------

WORDS_OF = re.compile(r"CANARY-([a-z0-9-]+[a-z0-9])")


def canaries(text: str) -> set[str]:
    """As written, and with the marks around words that a search shows."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?mark>", "", text)))
    return set(WORDS_OF.findall(text)) | set(WORDS_OF.findall(plain))


def read(data: bytes) -> str:
    """What stands in a file of any format, its names and properties included."""
    if data[:5] == b"%PDF-" and b"/Pages" in data:
        return pdf_text(data)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8", "replace")


def fetched(client: Client, address: str) -> str:
    """The page or file, and the headers, where the name of a file stands."""
    response: Any = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return read(body) + str(response.headers)


# Pages that the table tries at one object, and that say more at another.
MORE = [
    ("report_validation", "validated"),
    ("assistance_request", "request authorised"),
    ("assistance_request", "request submitted"),
    ("assistance_request", "request submitted of justice"),
]


def addresses(world: SimpleNamespace, sides: tuple[str, ...]) -> list[str]:
    """Every page of the product that is fetched, at every object; the admin and signing in hold no State's data."""
    found = []
    for row in table.ROWS:
        if row.get is NONE or row.name.startswith(("admin:", "account_", "usersessions")):
            continue
        named = [spot for name, spot in world.spots.items() if same(row.spot, name) and name.endswith(sides)]
        found += [row.address(world, spot) for spot in (named if row.spot else [world.nowhere])]
    for name, at in MORE:
        spots = [spot for each, spot in world.spots.items() if each.endswith(sides) and each.startswith(f"{at} ")]
        found += [reverse(name, kwargs=spot.kwargs) for spot in spots]
    for side in sides:
        found.append(reverse("instrument", kwargs={"code": world.instruments[side].slug}))
    formats = [re.sub(r"/json/$", f"/{each}/", address) for each in FORMATS for address in found]
    lists = [
        "/search/?q=CANARY",
        "/assistance/?q=canary",
        "/agency/requests/?q=canary",
        "/instruments/?q=canary",
        "/library/?q=canary",
    ]
    lists += ["/settings/history/?page=2", "/settings/history/?page=3", "/agency/requests/?state=ARC"]
    return sorted({*found, *formats, *lists})


def same(kind: str, spot: str) -> bool:
    """Whether a spot is one of the kind: "f1" also at F2, a request also at that of Justice, all on both sides."""
    name = spot.removesuffix(" here").removesuffix(" there")
    kinds = {"f1": {"f1", "f2"}, "section": {"section", "other section"}}
    return name in kinds.get(kind, {kind, f"{kind} of justice"})


def files_of(world: SimpleNamespace, name: str) -> set[str]:
    """What stands in the working form of the whole report, in each format, as this person may have it made."""
    found: set[str] = set()
    for side in ("here", "there"):
        report = world.spots[f"draft {side}"].rows["report"]
        for slug in FORMATS:
            said = {"form": "working", "format": slug, "language": "en"}
            answer = world.clients[name].post(f"/reports/{report.slug}/exports/", said)
            if answer.status_code != 302 or "/jobs/" not in answer["Location"]:
                continue
            jobs.run(Job.objects.latest("pk").pk)
            found |= canaries(fetched(world.clients[name], f"{answer['Location']}file/"))
    return found


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_person_reads_what_may_be_read_and_nothing_else(name, world):
    client, seen = world.clients[name], {}
    with undone():
        for address in addresses(world, ("here", "there") if name in FAR else ("here",)):
            for canary in canaries(fetched(client, address)):
                seen.setdefault(canary, address)
        for canary in files_of(world, name):
            seen.setdefault(canary, "the working form")

    assert {canary: address for canary, address in seen.items() if canary not in readable(name)} == {}
    assert readable(name) - set(seen) == set()


def test_mails_hold_names_and_no_content(world):
    with undone():
        notifications.mail_urgent()
        notifications.mail_digests()
        said = {letter.to[0]: canaries(letter.subject + letter.body) for letter in mail.outbox}

    by_mail = {person.email: name for name, person in world.people.items()}
    assert len(said) > 5
    assert {to: found - readable(by_mail.get(to, "")) for to, found in said.items() if to in by_mail} == {
        to: set() for to in said if to in by_mail
    }
    # Titles of requests are names; what was written is in no mail.
    names = {"draft", "authorised", "submitted"}
    assert {canary.partition("-")[0] for found in said.values() for canary in found} <= names


def test_the_command_line_prints_no_content(world, capsys):
    call_command("reports")
    call_command("requests")

    printed = {canary.rpartition("-")[0] for canary in canaries(capsys.readouterr().out)}

    assert printed == {"draft", "authorised", "submitted"}  # titles of requests
