"""Routes under /reports/<report>/sections/<n>/, from design.md, section 3, at F1 (of Health) and F2 (of Justice)."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from reporting.reports.choices import Why
from reporting.reports.models import AnswerVersion, Comment
from tests.routes.matrix import NONE, Row
from tests.routes.world import Spot

# Whoever reads anything of a section; from validation on every body in the report.
READERS = {
    "section drafting": "lead both_asked coordinator",
    "report validation": "lead both_asked others coordinator",
}
WHOLE = {"section drafting": "lead coordinator", "open drafting": "lead coordinator"}
COORDINATOR = {"section drafting": "coordinator", "report endorsed": "coordinator"}


def of(row: str) -> Callable[[Any, Spot], dict[str, Any]]:
    """The part of the address that names a row at the spot."""
    return lambda world, spot: {"pk": spot.rows[row].pk}


def answer(number: int) -> Callable[[Any, Spot], dict[str, Any]]:
    return lambda world, spot: {"answer": spot.rows["answers"][number - 1].pk}


def versions(world: Any, spot: Spot) -> dict[str, Any]:
    a, b = spot.rows["versions"]
    return {"a": a, "b": b}


def earlier(world: Any, spot: Spot) -> dict[str, Any]:
    return {"a": spot.rows["versions"][0]}


def looked_at(world: Any, spot: Spot) -> dict[str, Any]:
    row = spot.rows["answers"][0]
    row.refresh_from_db()
    return {"since": str(row.version)}


def through_time(world: Any, spot: Spot) -> dict[str, Any]:
    return {"key": spot.rows["answers"][0].paragraphs.earliest("position").key}


def edited(world: Any, spot: Spot) -> dict[str, Any]:
    """The address names nothing more; the second version of the first question is a coordinator's edit."""
    AnswerVersion.objects.filter(pk=spot.rows["versions"][1]).update(why=Why.EDITORIAL)
    return {}


def objecting(world: Any, spot: Spot) -> dict[str, Any]:
    return {"answer": spot.rows["answers"][0].pk, "paragraph": "", "text": "That changes the law."}


def written(world: Any, spot: Spot) -> dict[str, str]:
    """A new text for the first question, from the version as it stands."""
    row = spot.rows["answers"][0]
    row.refresh_from_db()
    return {f"a{row.pk}_version": str(row.version), f"a{row.pk}_box": "Another text."}


def changed(world: Any, spot: Spot) -> dict[str, str]:
    """A new paragraph in the first question, as the page saves it by itself."""
    row = spot.rows["answers"][0]
    row.refresh_from_db()
    key = str(uuid.uuid4())
    said = {"v": row.version, "text": {key: "Another text."}, "after": {key: ""}}
    return {"changes": json.dumps({"id": str(uuid.uuid4()), "answers": {row.pk: said}})}


def chosen(world: Any, spot: Spot) -> dict[str, str]:
    """The own text, where both sides had changed the first question."""
    row = spot.rows["answers"][0]
    row.refresh_from_db()
    said = {"kind": "text", "key": str(row.paragraphs.get().key), "mine": '"Mine."', "choice": "mine"}
    return {f"a{row.pk}_version": str(row.version), **{f"a{row.pk}_c_0_{name}": text for name, text in said.items()}}


def copied(world: Any, spot: Spot) -> dict[str, Any]:
    """The first paragraph of the first question, copied to its end."""
    row = spot.rows["answers"][0]
    return {"source": row.pk, "to": row.pk, "paragraph": [str(row.paragraphs.get().key)]}


def sourced(world: Any, spot: Spot) -> dict[str, Any]:
    """The address of the first paragraph, which was copied from itself."""
    row = spot.rows["answers"][0]
    key = row.paragraphs.get().key
    row.paragraphs.update(source_answer=row, source_key=key, source_label="CMW 2", source_copied_at=row.changed_at)
    return {"key": key}


def suggested(world: Any, spot: Spot) -> dict[str, Any]:
    """The comment of the section suggests another wording for the first paragraph."""
    row = spot.rows["answers"][0]
    row.refresh_from_db()
    paragraph = row.paragraphs.get()
    fields = {"proposal": "Better.", "before": paragraph.text, "base_version": row.version}
    Comment.objects.filter(pk=spot.rows["comment"].pk).update(answer=row, paragraph_key=paragraph.key, **fields)
    return {"pk": spot.rows["comment"].pk}


def questions(world: Any, spot: Spot) -> dict[str, str]:
    """All asked as they were, the last one not."""
    rows = spot.rows["answers"]
    kept = {f"asked_{row.pk}": "1" for row in rows[:-1]}
    return kept | {f"required_{row.pk}": "1" for row in rows[:-1] if row.is_required}


def asking(world: Any, spot: Spot) -> dict[str, Any]:
    labour, row = world.body["labour"], spot.rows["answers"][2]
    return {"body": labour.pk, "questions": [row.pk], "confirmed": "1", "due_on": "", "note": ""}


def row(name: str, *, spot: str = "f1", **said: Any) -> Row:
    return Row(name, spot, **said)


LEAD_WRITES = {"section drafting": "lead", "section in_review": "409: lead"}
F_LEAD = {"section drafting": "focal", "section in_review": "409: focal"}
# A comment, file, question or contribution that one may not read is none that one may know of.
READ_ONE = {"section drafting": "lead coordinator; 404: both_asked"}
RESOLVING = {
    "section drafting": "lead coordinator; 403: both_asked",
    "report endorsed": "409: lead coordinator; 404: others",
}
NAMING = {"section drafting": "lead coordinator; 403: both_asked", "report endorsed": "409: lead coordinator"}
# The lead body settles what was suggested to it, while it may write.
SETTLING = {
    "section drafting": "lead; 404: both_asked; 403: coordinator",
    "section in_review": "409: lead; 404: both_asked; 403: coordinator",
}

ROWS = [
    row("report_section", get=READERS, post=NONE, shows="Subject of {n}"),
    row("section_read", get=READERS, post=NONE, shows="Subject of {n}"),
    row("section_last", get=READERS, post=NONE, shows="last report"),
    row("section_elsewhere", get=READERS, post=NONE, shows="{n}"),
    row(
        "section_copy",
        data=copied,
        get=NONE,
        post={
            "section drafting": "lead; 404: both_asked",
            "section in_review": "409: lead; 404: both_asked",
        },
    ),
    row(
        "section_source",
        args=sourced,
        data={"do": "keep"},
        get={"section drafting": "lead coordinator; 404: both_asked"},
        post={
            "section drafting": "lead; 404: both_asked",
            "section in_review": "409: lead; 404: both_asked",
        },
        shows="CMW 2",
    ),
    row("section_sent", get=READERS, post=NONE, shows="{n}"),
    row("section_comments", get=READERS, post=NONE, shows="Subject of {n}"),
    row("section_review", get=COORDINATOR, post=NONE, shows="CANARY-answer-{n}"),
    row("section_history", get=WHOLE, post=NONE, shows="Subject of {n}"),
    row("section_compare", args=versions, get=WHOLE, post=NONE, shows="second"),
    row(
        "section_restore",
        args=earlier,
        data=looked_at,
        get=NONE,
        post={"section drafting": "lead; 403: coordinator", "section in_review": "409: lead; 403: coordinator"},
    ),
    row("version_name", args=earlier, data={"name": "As the minister saw it"}, get=NONE, post=NAMING),
    row("section_authors", get=WHOLE, post=NONE, shows="CANARY-answer-{n}"),
    row("section_paragraph", args=through_time, get=WHOLE, post=NONE, shows="CANARY-answer-{n}"),
    row(
        "section_edits",
        args=edited,
        data=objecting,
        get=WHOLE,
        post={"section drafting": "focal", "section in_review": "focal", "report endorsed": "409: focal"},
        shows="CANARY-answer-{n}",
    ),
    row(
        "section_save",
        data=written,
        get=NONE,
        post={"section drafting": "lead; 401: anonymous", "section in_review": "409: lead; 401: anonymous"},
    ),
    row(
        "section_changes",
        data=changed,
        get=READERS,
        shows="sentences",
        post={"section drafting": "200: lead; 401: anonymous", "section in_review": "409: lead; 401: anonymous"},
        writes=True,
    ),
    row(
        "section_presence",
        data={"question": "1"},
        get=NONE,
        post={state: f"200: {who}" for state, who in READERS.items()},
        writes=True,
    ),
    row("section_conflict", data=chosen, get=NONE, post=LEAD_WRITES),
    row(
        "section_mark",
        args=answer(1),
        data={"done": "1"},
        get=NONE,
        post={
            "section drafting": "lead; 404: both_asked; 403: coordinator",
            "section in_review": "409: lead; 404: both_asked",
        },
    ),
    row(
        "section_move",
        more={"move": "send_for_review"},
        data={"reason": "The figures come later."},
        get=NONE,
        post=F_LEAD,
    ),
    row(
        "section_move",
        more={"move": "return"},
        data={"reason": "Figures are missing."},
        get=NONE,
        post={"section in_review": "coordinator", "section drafting": "409: coordinator"},
    ),
    row(
        "section_move",
        more={"move": "clear"},
        get=NONE,
        post={"section in_review": "coordinator", "section cleared": "409: coordinator"},
    ),
    row(
        "section_move",
        more={"move": "reopen"},
        data={"reason": "The law has changed."},
        get=NONE,
        post={"section cleared": "coordinator", "section in_review": "409: coordinator"},
    ),
    row(
        "section_drafters",
        data=lambda world, spot: {},
        get={"section drafting": "focal", "section cleared": "409: focal"},
        post={"section drafting": "focal", "section cleared": "409: focal"},
        shows="{n}",
    ),
    row(
        "section_questions",
        data=questions,
        get=COORDINATOR,
        post={"section drafting": "coordinator", "section cleared": "409: coordinator"},
        shows="{n}",
    ),
    row(
        "comment_add",
        data={"text": "Which law?", "audience": "section"},
        get=NONE,
        post={
            "section drafting": "lead both_asked coordinator",
            "report endorsed": "409: lead both_asked coordinator other",
        },
    ),
    row("comment_resolve", args=of("comment"), get=NONE, post=RESOLVING),
    row("comment_reopen", args=of("resolved"), get=NONE, post=RESOLVING),
    row("suggestion_accept", args=suggested, get=NONE, post=SETTLING),
    row("suggestion_decline", args=suggested, get=NONE, post=SETTLING),
    # The author alone withdraws; the note inside the body is none for anybody else.
    row(
        "comment_withdraw",
        args=of("comment"),
        get=NONE,
        post={
            "section drafting": "focal; 403: drafter both_asked coordinator",
            "report endorsed": "409: focal; 403: drafter both_asked coordinator; 404: others",
        },
    ),
    row(
        "section_contributions",
        data=asking,
        get=READERS,
        post={"section drafting": "focal coordinator", "section cleared": "409: focal coordinator"},
        shows="Subject of {n}",
    ),
    row(
        "contribution_move",
        more={"move": "send"},
        args=of("contribution"),
        get=NONE,
        post={
            "section drafting, contribution asked": "asked_focal; 403: asked lead coordinator",
            "section drafting, contribution sent": "409: asked_focal; 403: asked lead coordinator",
        },
    ),
    row(
        "contribution_move",
        more={"move": "take_over"},
        args=of("contribution"),
        get=NONE,
        post={
            "section drafting, contribution sent": "focal",
            "section drafting, contribution taken_over": "409: focal",
        },
    ),
    row(
        "contribution_move",
        more={"move": "return"},
        args=of("contribution"),
        data={"reason": "The year is missing."},
        get=NONE,
        post={"section drafting, contribution sent": "focal", "section drafting, contribution asked": "409: focal"},
    ),
    row(
        "contribution_move",
        more={"move": "withdraw"},
        args=of("contribution"),
        get=NONE,
        post={
            "section drafting, contribution asked": "focal coordinator",
            "section cleared, contribution asked": "409: focal coordinator",
        },
    ),
    row(
        "section_files",
        data=lambda world, spot: {
            "file": SimpleUploadedFile("act.pdf", b"%PDF-1.7 another"),
            "title": "Another law",
        },
        get=WHOLE | dict.fromkeys(["open drafting", "report validation"], "lead both_asked others coordinator"),
        post={"section drafting": "lead", "section in_review": "409: lead"},
        shows="CANARY-file-{n}",
    ),
    row("attachment", args=of("attachment"), get=READ_ONE, post=NONE, shows="CANARY-file-{n}"),
    row(
        "attachment_change",
        more={"act": "remove"},
        args=of("attachment"),
        get={"section drafting": "lead; 404: both_asked", "section in_review": "409: lead; 404: both_asked"},
        post={"section drafting": "lead; 404: both_asked"},
        shows="CANARY-file-{n}",
    ),
    row(
        "attachment_change",
        more={"act": "annex"},
        args=of("attachment"),
        get={"section drafting": "404: lead coordinator both_asked"},
        post={"section drafting": "coordinator; 404: both_asked"},
    ),
    # Exported as it is seen; the act is recorded.
    Row(
        "section_export",
        "section",
        more={"format": "json"},
        get=READERS,
        post=NONE,
        shows="Subject of",
        writes=True,
    ),
]
