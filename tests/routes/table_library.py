"""Routes of the library: read by drafters, focal points and coordinators of the State, hidden from everybody else."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.routes.matrix import NONE, Row
from tests.routes.world import Spot

READERS = "lead both_asked others idle_focal coordinator"
ALL = {"": f"{READERS} foreign"}  # a coordinator of another State comes for their own
ONE = {"": READERS, "withdrawn": READERS}
# The body that keeps the item, which is Health, and the coordinators.
KEEPERS = "lead coordinator; 403: both_asked others idle_focal"
FACTS = {"kind": "law", "title": "Another Act", "is_public": "on"}


def changed(world: Any, spot: Spot) -> dict[str, Any]:
    return {**FACTS, "revision": "1"}


def newer(world: Any, spot: Spot) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("newer.pdf", b"%PDF-1.7 newer")}


def cited(world: Any, spot: Spot) -> dict[str, Any]:
    return {"question": spot.rows["answers"][1].pk, "item": world.spots["item here"].rows["item"].pk}


def item(name: str, **said: Any) -> Row:
    return Row(name, "item", keeps="hidden", **said)


ROWS = [
    Row("library", get=ALL, post=NONE, shows="Library", keeps="hidden"),
    Row("library_new", data=FACTS, get=ALL, post=ALL, shows="May be named to the mechanism", keeps="hidden"),
    item("library_item", get=ONE, post=NONE, shows="SHA-256"),
    item(
        "library_edit",
        data=changed,
        get={"": KEEPERS, "withdrawn": f"409: {KEEPERS}"},
        post={"": KEEPERS, "withdrawn": f"409: {KEEPERS}"},
        shows="Keep the changes",
    ),
    item("library_version", data=newer, get=NONE, post={"": KEEPERS, "withdrawn": f"409: {KEEPERS}"}),
    item("library_file", more={"number": 1}, get=ONE, post=NONE, shows="CANARY-kept"),
    item(
        "library_withdraw",
        data={"reason": "Repealed."},
        get=NONE,
        post={"": KEEPERS, "withdrawn": f"409: {KEEPERS}"},
    ),
    item("library_restore", get=NONE, post={"withdrawn": KEEPERS, "": f"409: {KEEPERS}"}),
    # The second question of F2 asks for laws; Health is asked for it.
    Row(
        "section_library",
        "f2",
        data=cited,
        query="?question={rows[answers][1].pk}",
        get={"section drafting": "lead both_asked", "section in_review": "409: lead both_asked"},
        post={"section drafting": "lead both_asked", "section in_review": "409: lead both_asked"},
        shows="Cite here",
    ),
]
