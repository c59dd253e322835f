"""Who wrote what: the people behind each paragraph of a section, and one paragraph through all its versions."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import get_language

from accounts import permissions
from reporting.reports.choices import Change
from reporting.reports.models import Answer, Paragraph, ParagraphVersion
from reporting.reports.permissions import EDIT_ANSWER
from reporting.reports.presenters.outline import Place
from reporting.text.differences import by_words
from reporting.text.markup import plain

OPENING = 90  # characters of a paragraph that tell which it is


def authors(
    here: Place,
    answers: Sequence[Answer],
    paragraphs: Mapping[int, Sequence[Paragraph]],
    numbers: Mapping[int, int],
) -> list[dict[str, Any]]:
    """[{"number", "text", "paragraphs": [{"number", "opening", "people", "when", "body", "url"}]}]: one statement.

    ``people`` are all who put words into the paragraph, in the order in which each first did; ``body`` the one that
    it comes from, where that is not the lead; ``when`` its last change. Questions without paragraphs are left out.
    """
    written = ParagraphVersion.objects.filter(
        answer__in=[answer.pk for answer in answers], change__in=[Change.ADDED, Change.CHANGED]
    )
    people: dict[uuid.UUID, dict[str, None]] = {}
    for key, name in written.order_by("number").values_list("key", "version__by_name"):
        people.setdefault(key, {})[name] = None
    language, found = get_language() or "en", []
    for answer in answers:
        rows = [
            {
                "number": numbers[answer.pk] + place if answer.paragraph_count and not answer.disposition else None,
                "opening": Truncator(" ".join(plain(row.text).split())).chars(OPENING),
                "people": list(people.get(row.key, {})),
                "when": _moment(row.written_at) if row.written_at else "",
                "body": str(row.origin) if row.origin_id not in (None, here.section.lead_id) else "",
                "url": here.url("section_paragraph", row.key),
            }
            for place, row in enumerate(paragraphs[answer.pk])
        ]
        if rows:
            text = answer.question.wording("text", language)[0]
            found.append({"number": answer.question.number, "text": text, "paragraphs": rows})
    return found


def through_time(here: Place, key: uuid.UUID) -> dict[str, Any] | None:
    """One paragraph of the section, newest first; None where there never was one. Three statements.

    {"question", "stands", "since", "may_restore", "key", "versions": [{"id", "by", "when", "why", "what", "changes",
    "is_now"}]}; changes by words from the version before.
    """
    rows = list(
        ParagraphVersion.objects.filter(answer__section=here.section, key=key)
        .select_related("version", "answer__question")
        .defer("version__content", "version__order")
        .order_by("number")
    )
    if not rows:
        return None
    answer = rows[0].answer
    answer.section, answer.report = here.section, here.report
    versions, before = [], ""
    for row in rows:
        versions.append(
            {
                "id": row.version_id,
                "by": row.version.by_name,
                "when": _moment(row.version.at),
                "why": row.version.get_why_display(),
                "what": row.get_change_display(),
                "changes": by_words(before, row.text),
                "text": row.text,
            }
        )
        before = row.text
    stands = rows[-1].change != Change.REMOVED
    for version in versions:
        version["is_now"] = stands and version["text"] == before
    return {
        "question": answer.question,
        "stands": stands,
        "since": answer.version,
        "may_restore": permissions.allows(here.user, EDIT_ANSWER, answer),
        "key": str(key),
        "versions": versions[::-1],
    }


def _moment(at: Any) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
