"""Routes of accounts, notices, jobs and administration, from design.md, section 3; none gives a right to content."""

from typing import Any

from django.core.files.base import ContentFile

from tests.routes.matrix import NONE, Row
from tests.routes.world import Spot

ALL = {"": "everybody"}
ADMIN = {"": "admin"}
UPLOADER = {"": "200: drafter; 401: anonymous"}


def person(world: Any, spot: Spot) -> dict[str, Any]:
    return {"pk": world.people["drafter"].pk}


def act(name: str, who: str, data: Any = None) -> Row:
    """An act on Dana, who drafts for Health: of the administrator, some also of Health's focal point."""
    more = {"act": name}
    return Row("settings_person_act", "", more, args=person, data=data or {}, get=NONE, post={"": who}, keeps="hidden")


def joining(world: Any, spot: Spot) -> dict[str, Any]:
    return {"body": world.body["justice"].pk, "role": "drafter"}


def leaving(world: Any, spot: Spot) -> dict[str, Any]:
    return {"membership": world.people["drafter"].memberships.get().pk}


def invited(act: str) -> Row:
    args = {"args": lambda world, spot: {"pk": world.invitation.pk}}
    return Row("settings_invitation", "", {"act": act}, get=NONE, post={"": "admin focal"}, keeps="hidden", **args)


def piece(world: Any, spot: Spot) -> dict[str, Any]:
    return {"offset": "0", "piece": ContentFile(b"%PDF-1.7 ", name="piece")}


def theirs(name: str, spot: str = "job", **said: Any) -> Row:
    return Row(name, spot, keeps="hidden", **said)


ROWS = [
    Row(
        "set_language", data={"language": "ar"}, get=NONE, post={"": "everybody anonymous"}, effect=False
    ),  # anonymous people choose too, in a cookie
    Row("account", data={"name": "New name", "position": "", "language": "en"}, get=ALL, post=ALL),
    Row("device", get={"": "everybody; 401: anonymous"}, post=NONE),
    # Whoever has the link; it proves the address that it was sent to.
    Row(
        "invitation",
        args=lambda world, spot: {"token": world.token},
        data={"name": "Nora", "password": "a long new password", "again": "a long new password"},
        get={"": "everybody anonymous"},
        post={"": "everybody anonymous"},
        shows="Ministry of Health",
    ),
    Row(
        "invitation",
        more={"token": "none-like-this"},
        get={"": "404: everybody anonymous"},
        post={"": "404: everybody anonymous"},
    ),
    Row("notifications", get=ALL, post=ALL, writes=True),
    theirs("notification", "notice", get={"": "302: focal"}, post=NONE, writes=True),
    theirs("job", get={"job done": "focal", "job waiting": "focal"}, post=NONE, shows="CANARY-job"),
    theirs("job_file", get={"job done": "focal", "job waiting": "404: focal"}, post=NONE),
    theirs("job_cancel", get=NONE, post={"job waiting": "focal"}),
    # Whoever is of a State may begin a file; where it may be kept is asked when it is used.
    Row(
        "uploads",
        data={"name": "law.pdf", "size": "9", "modified": "1"},
        get={"": "everybody; 401: anonymous"},
        post={"": "200: state foreign; 401: anonymous"},
        keeps="hidden",
        writes=True,
    ),
    theirs("upload", "upload", data=piece, get=UPLOADER, post=UPLOADER, shows="262144", writes=True),
    theirs("upload_give_up", "upload", get=NONE, post=UPLOADER, writes=True),
    Row(
        "settings",
        get={"": "302: focal other asked_focal idle_focal coordinator admin foreign agency_admin"},
        post=NONE,
        keeps="hidden",
    ),
    Row("settings_people", get=ADMIN, post=NONE, shows="Dana", keeps="hidden"),
    Row(
        "settings_invite",
        data=lambda world, spot: {
            "email": "another@example.org",
            "body": world.body["justice"].pk,
            "role": "drafter",
        },
        get=ADMIN,
        post=ADMIN,
        keeps="hidden",
    ),
    Row("settings_person", args=person, get={"": "admin focal"}, post=NONE, shows="Dana", keeps="hidden"),
    act("join", "admin; 403: focal", joining),
    act("leave", "admin; 403: focal", leaving),
    act("administrator", "admin; 403: focal", {"is_administrator": "yes"}),
    act("deactivate", "admin focal"),
    Row(
        "settings_person_act",
        more={"act": "post"},
        args=lambda world, spot: {"pk": world.people["desk"].pk},
        data={"level": "head"},
        get=NONE,
        post={"": "agency_admin"},
        keeps="hidden",
    ),
    invited("resend"),
    invited("withdraw"),
    Row(
        "settings_bodies",
        data={"slug": "interior", "name": "Ministry of the Interior", "kind": "ministry"},
        get=ADMIN,
        post=ADMIN,
        shows="Ministry of Health",
        keeps="hidden",
    ),
    Row(
        "settings_state",
        data={"device_copies": ""},
        get=ADMIN,
        post=ADMIN,
        shows="What holds for the whole State",
        keeps="hidden",
    ),
    Row(
        "settings_body",
        more={"slug": "health"},
        data={"invite": "1", "invite-email": "third@example.org", "invite-role": "drafter"},
        get={"": "admin focal; 404: foreign"},
        post={"": "admin focal; 404: foreign"},
        shows="Dana",
        keeps="hidden",
    ),
    Row(
        "settings_body",
        more={"slug": "health"},
        data={"change": "1", "name": "Health and Care", "kind": "ministry", "is_active": "on"},
        get={"": "admin focal; 404: foreign"},
        post={"": "admin; 403: focal"},
        keeps="hidden",
    ),
    Row(
        "settings_agency",
        data={"email": "fourth@example.org", "level": "desk"},
        get={"": "agency_admin"},
        post={"": "agency_admin"},
        shows="Dora",
        keeps="hidden",
    ),
    Row(
        "settings_history",
        get={"": "admin coordinator foreign agency_admin"},
        post=NONE,
        keeps="hidden",
    ),
    # --- signing in: django-allauth's pages; those of the account are for whoever is signed in
    Row(
        "account_login",
        get={"": "200: anonymous; 302: everybody"},
        post={"": "200: anonymous; 302: everybody"},
        effect=False,
    ),
    Row("account_logout", get={"": "everybody; 302: anonymous"}, post={"": "302: everybody anonymous"}, effect=False),
    Row("account_inactive", get={"": "everybody anonymous"}, post={"": "405: everybody anonymous"}),
    Row(
        "account_signup",
        get={"": "200: anonymous; 302: everybody"},
        post={"": "200: anonymous; 302: everybody"},
        effect=False,
    ),
    Row("account_reauthenticate", get=ALL, post={"": "200: everybody"}),
    # The first look keeps the address as allauth knows it.
    Row("account_email", get=ALL, post={"": "302: everybody"}, writes=True, effect=False),
    Row("account_email_verification_sent", get={"": "everybody anonymous"}, post={"": "405: everybody anonymous"}),
    Row("account_change_password", get=ALL, post={"": "200: everybody"}),
    Row("account_set_password", get={"": "302: everybody"}, post={"": "302: everybody"}, effect=False),
    Row("account_reset_password", get={"": "everybody anonymous"}, post={"": "200: everybody anonymous"}),
    Row("account_reset_password_done", get={"": "everybody anonymous"}, post={"": "405: everybody anonymous"}),
    Row(
        "account_reset_password_from_key",
        more={"uidb36": "1", "key": "none-like-this"},
        get={"": "everybody anonymous"},
        post={"": "200: everybody anonymous"},
    ),
    Row("account_reset_password_from_key_done", get={"": "everybody anonymous"}, post={"": "405: everybody anonymous"}),
    Row(
        "account_confirm_login_code",
        get={"": "302: everybody anonymous"},
        post={"": "302: everybody anonymous"},
        effect=False,
    ),
    Row(
        "account_confirm_email",
        more={"key": "none"},
        get={"": "everybody anonymous"},
        post={"": "404: everybody anonymous"},
    ),
    Row("usersessions_list", get=ALL, post={"": "302: everybody"}, effect=False),
]
