"""What goes into the zip of a report: its files in the chosen formats, and the annexes, which are all that leaves
with it; a file that is internal never does."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO

from exports import bundle, exporting, store
from exports.document import SUBMISSION
from exports.registry import FORMATS
from reporting.reports.models import Attachment, Submission


def items_of_draft(
    content: dict[str, Any], *, form: str, formats: Iterable[str], at: datetime.datetime
) -> Iterator[bundle.Item]:
    """The draft as far as ``content`` holds it, and the annexes that it names."""
    for slug in chosen(formats):
        name = exporting.name_of(content, form=form, extension=FORMATS[slug].extension)
        draw = partial(exporting.render, content, form=form, format_slug=slug, at=at)
        yield bundle.Item(name, "report", draw, facts={"format": slug})
    yield from _annexes(content)


def items_of_submission(
    submission: Submission, formats: Iterable[str], language: str | None = None
) -> Iterator[bundle.Item]:
    """The stored files in a language that was frozen, and the annexes as they were when the report was endorsed."""
    for slug in chosen(formats):
        file = store.file_of(submission, slug, language)
        yield bundle.Item(file.name, "report", partial(store.data_of, file), facts={"format": slug})
    yield from _annexes(_content(submission, language))


def _content(submission: Submission, language: str | None) -> dict[str, Any]:
    """The text that was submitted, unless the working one beside it is wanted."""
    return (store.content_of(submission, language) if language else None) or submission.content


def write_draft(
    target: BinaryIO, content: dict[str, Any], items: Iterable[bundle.Item], *, form: str, at: datetime.datetime
) -> None:
    bundle.write(target, items, about=_about(content, form=form, number=None), made_at=at)


def write_submission(
    target: BinaryIO, submission: Submission, items: Iterable[bundle.Item], language: str | None = None
) -> None:
    """The same bytes whenever it is made: its moment is that of the endorsement."""
    about = _about(_content(submission, language), form=SUBMISSION, number=submission.number)
    bundle.write(target, items, about=about, made_at=submission.recorded_at)


def chosen(formats: Iterable[str]) -> Sequence[str]:
    """In the order in which pages offer them, each once."""
    wanted = set(formats)
    return [slug for slug in FORMATS if slug in wanted]


def name_of_draft(content: dict[str, Any], *, form: str) -> str:
    return exporting.name_of(content, form=form, extension="zip")


def name_of_submission(submission: Submission) -> str:
    return store.file_name(submission, "zip", submission.content["report"]["language"])


def _annexes(content: dict[str, Any]) -> Iterator[bundle.Item]:
    rows = Attachment.objects.in_bulk([each["id"] for each in content["annexes"]])
    for each in content["annexes"]:
        data = partial(_data_of, rows.get(each["id"]), each["sha256"])
        yield bundle.Item(each["file_name"], "annex", data, folder="annexes/", facts={"title": each["title"]})


def _data_of(row: Attachment | None, sha256: str) -> bytes:
    """The bytes of an annex, held against the hash that the content names. Raises Damaged."""
    try:
        if row is None:
            raise FileNotFoundError(sha256)
        with row.file.open("rb") as source:
            data: bytes = source.read()
    except OSError as error:
        store.log.error("annex %s cannot be read: %s", sha256, error)
        raise store.Damaged from error
    if hashlib.sha256(data).hexdigest() != sha256:
        store.log.error("annex %s is not what was kept: SHA-256 differs", sha256)
        raise store.Damaged
    return data


def _about(content: dict[str, Any], *, form: str, number: int | None) -> dict[str, Any]:
    report = content["report"]
    return {
        "state": report["state"]["code"],
        "report": report["slug"],
        "title": report["title"],
        "form": form,
        "submission": number,
        "language": report["language"],
    }
