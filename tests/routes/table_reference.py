"""Routes of the desk, of reference data, review cycles and ratifications, from design.md, section 3."""

from typing import Any

from tests.routes.matrix import NONE, Row
from tests.routes.world import SOON, TODAY, Spot

ALL = {"": "everybody"}
# Recording what binds the State is an act on one's own State, which one sees; another coordinator comes for their own.
RECORDING = {"": "coordinator foreign"}


def binding(world: Any, spot: Spot) -> dict[str, Any]:
    return {"code": world.ratification.slug}


def opened(world: Any, spot: Spot) -> dict[str, Any]:
    return {
        "reviewed": f"instrument:{world.ratification.pk}",
        "number_from": "7",
        "procedure": "standard",
        "coordinating_body": world.body["mechanism"].pk,
        "working_language": "en",
        "submission_language": "en",
    }


def _editing(model: str) -> list[Row]:
    """Reference data in the admin: editors look and change; what is in the catalogue's files is added there alone."""
    pages = {"changelist": 200, "add": 403, "history": 302, "change": 302, "delete": 403}
    rows = []
    for page, code in pages.items():
        args = {"more": {"object_id": "0"}} if page not in {"changelist", "add"} else {}
        get = {"": f"{code}: editor"}
        rows.append(Row(f"admin:{model}_{page}", get=get, post=get, keeps="hidden", effect=False, **args))
    return rows


MODELS = ("instrument", "fact", "provision", "theme", "mechanism", "wordlimit")
EDITOR = {"": "200: editor"}
ROWS = [
    Row("start", get={"": "302: everybody"}, post=NONE, effect=False),
    Row(
        "home",
        get={
            "": "lead others both_asked idle_focal coordinator foreign mission translator consulted;"
            " 200: nobody superuser; 302: everybody"
        },
        post=NONE,
    ),
    Row("accessibility", get={"": "everybody anonymous"}, post={"": "405: everybody anonymous"}, shows="version 2.2"),
    Row(
        "schema",
        more={"name": "servanda.document-1"},
        get={"": "everybody anonymous"},
        post={"": "405: everybody anonymous"},
        shows="urn:servanda:document:1",
    ),
    Row("search", query="?q=canary", get=ALL, post=NONE, shows="Search"),
    Row("instruments", get=ALL, post={"": "200: everybody"}),
    Row("crosswalk", get=ALL, post={"": "200: everybody"}),
    Row("theme", more={"code": "fees"}, get=ALL, post={"": "200: everybody"}, shows="Fees and contracts"),
    Row("instrument", args=binding, get=ALL, post={"": "200: everybody"}, shows="Convention on migrant workers"),
    Row("provision", more={"code": "cmw", "article": "66"}, get=ALL, post={"": "200: everybody"}, shows="66"),
    Row(
        "questionnaire",
        args=lambda world, spot: {"code": world.questionnaire.code},
        get=ALL,
        post={"": "200: everybody"},
        shows="Subject of F1",
    ),
    Row(
        "ratification",
        args=binding,
        data={"in_force_on": "2004-01-01"},
        get=RECORDING,
        post=RECORDING,
        shows="Convention on migrant workers",
    ),
    Row(
        "add_reservation",
        args=binding,
        data={"reservation-kind": "declaration", "reservation-text": "Article 76."},
        get=NONE,
        post={"": "coordinator"},
    ),
    Row(
        "withdraw_reservation",
        "reservation",
        data={"withdrawn_on": TODAY.isoformat()},
        get=NONE,
        post={"": "coordinator"},
    ),
    Row("cycles", get={"": "coordinator mission foreign"}, post=NONE, shows="Review cycles", keeps="hidden"),
    Row("cycle_new", data=opened, get=RECORDING, post={"": "coordinator; 422: foreign"}),
    Row("cycle", "cycle", get={"": "coordinator mission"}, post=NONE, shows="CANARY-document", keeps="hidden"),
    Row(
        "cycle_received",
        "cycle",
        data={
            "kind": "letter",
            "title": "A letter",
            "received_on": TODAY.isoformat(),
            "reply_due_on": SOON.isoformat(),
        },
        get={"": "coordinator mission"},
        post={"": "coordinator mission"},
        keeps="hidden",
    ),
    Row(
        "received_file",
        "cycle",
        args=lambda world, spot: {"pk": spot.rows["document"].pk},
        get={"": "coordinator mission"},
        post=NONE,
        shows="loi.pdf",
        keeps="hidden",
    ),
    # --- the admin: catalogue editors alone
    *[row for model in MODELS for row in _editing(f"instruments_{model}")],
    *_editing("questionnaires_questionnaire"),
    Row("admin:index", get=EDITOR, post=EDITOR, keeps="hidden"),
    Row("admin:app_list", more={"app_label": "instruments"}, get=EDITOR, post=EDITOR, keeps="hidden"),
    Row("admin:login", get={"": "302: editor"}, post={"": "302: editor"}, keeps="hidden", effect=False),
    Row("admin:logout", get={"": "405: editor"}, post={"": "302: editor"}, keeps="hidden", effect=False),
    Row("admin:password_change", get=EDITOR, post=EDITOR, keeps="hidden"),
    Row("admin:password_change_done", get=EDITOR, post={"": "405: editor"}, keeps="hidden"),
    Row("admin:autocomplete", get={"": "403: editor"}, post={"": "405: editor"}, keeps="hidden"),
    Row("admin:jsi18n", get=EDITOR, post={"": "405: editor"}, keeps="hidden"),
    Row(
        "admin:view_on_site",
        more={"content_type_id": "1", "object_id": "1"},
        get={"": "404: editor"},
        post={"": "404: editor"},
        keeps="hidden",
    ),
]
