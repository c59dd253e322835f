"""The demonstration: two invented States, built through the same services as the pages."""

from collections.abc import Callable

from accounts.models import StateParty, User

PASSWORD = "servanda-demo"

LOGINS = [
    ("labour.drafter@arcadia.example", "drafter, Ministry of Labour"),
    ("labour.focal@arcadia.example", "focal point, Ministry of Labour"),
    ("justice.drafter@arcadia.example", "drafter, Ministry of Justice"),
    ("justice.focal@arcadia.example", "focal point, Ministry of Justice"),
    ("coordinator@arcadia.example", "coordinator"),
    ("coordinator2@arcadia.example", "second coordinator"),
    ("mission@arcadia.example", "permanent mission in Geneva"),
    ("nhri@arcadia.example", "human rights institution, consulted"),
    ("admin@arcadia.example", "administrator of the State"),
    ("coordinator@qamar.example", "coordinator of the second State, in Arabic"),
    ("labour.focal@qamar.example", "focal point of the second State, in Arabic"),
    ("translator@qamar.example", "translator of the second State, from Arabic into English"),
    ("admin@qamar.example", "administrator of the second State"),
    ("officer@ilo.example", "ILO, head of desk"),
    ("desk@ilo.example", "ILO, desk officer"),
    ("admin@ilo.example", "ILO, administrator"),
    ("officer@ohchr.example", "OHCHR, head of desk"),
    ("catalogue@servanda.example", "catalogue editor"),
]


def exists() -> bool:
    """Whether the database holds the demonstration, or anything else that must not be replaced."""
    return StateParty.objects.exists() or User.objects.exists()


def is_alone() -> bool:
    """Whether everybody in the database belongs to the demonstration, so that it may be made anew."""
    return not User.objects.exclude(email__endswith=".example").exists()


def build(say: Callable[[str], object]) -> None:
    """Make everything, in the order in which it would have happened."""
    from config.demonstration import (
        library,
        reports,
        requests,
        states,
        translations,
    )  # they need the rooms, this module only accounts

    say("States, bodies, people")
    world = states.build()
    say("Libraries")
    library.build(world)
    for name in ("arcadia_cmw_2", "arcadia_cmw_3", "qamar_cmw_2"):
        say(f"Report {name.replace('_', ' ')}")
        reports.build(world, name)
    say("Report qamar c187 1, and its translation")
    translations.build(world, "qamar_c187_1", reports.build(world, "qamar_c187_1"))
    library.change(world)
    say("Requests")
    requests.build(world)
