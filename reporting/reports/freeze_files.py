"""The files of a report as its content names them, and the list of its annexes."""

from collections.abc import Iterable, Mapping
from typing import Any

from reporting.reports.models import Attachment, Report


def files_of(report: Report) -> list[Attachment]:
    return list(Attachment.objects.filter(section__report=report, removed_at__isnull=True))


def describe_files(sections: Iterable[dict[str, Any]], files: Iterable[Attachment]) -> None:
    """Say of each entry with a file what the file is; whether it goes out is a coordinator's decision."""
    known = {row.pk: row for row in files}
    for section in sections:
        for answer in section["answers"]:
            for item in (item for block in answer["blocks"] if block["type"] == "files" for item in block["items"]):
                row = known.get(item["attachment"])
                if row is not None:
                    item |= {"file_name": row.file_name, "content_type": row.content_type, "size": row.size}
                    item |= {"is_annex": row.is_annex, "sha256": row.sha256}


def annexes_of(
    files: Iterable[Attachment],
    section_ids: set[int] | None,
    answer_ids: set[int] | None,
    titles: Mapping[int, str],
) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "title": titles.get(row.pk, row.title),
            "file_name": row.file_name,
            "size": row.size,
            "sha256": row.sha256,
        }
        for row in files
        if row.is_annex
        and (section_ids is None or row.section_id in section_ids)
        and (answer_ids is None or row.answer_id is None or row.answer_id in answer_ids)
    ]
