"""A paragraph stands in one answer.

Where a key stood in two, as in a demonstration made before, the answer that is older keeps it and each other one gets a
key of its own. Its past is a chain of hashes and stays as it was: the change is one more version, and comments and
copies follow. Without such a key nothing is written, so that it may run twice.
"""

import datetime
import hashlib
import json
import uuid
from collections import defaultdict

from django.db import migrations, models
from django.db.models import Count
from django.utils import timezone

BY = "Servanda"  # whose name the version bears; nobody wrote anything


def part(apps, editor):
    paragraphs = apps.get_model("reports", "Paragraph")._base_manager.using(editor.connection.alias)
    twice = paragraphs.order_by().values("key").annotate(times=Count("pk")).filter(times__gt=1).values("key")
    renewed = defaultdict(dict)
    kept = set()
    for answer, key in paragraphs.filter(key__in=twice).order_by("answer", "position").values_list("answer", "key"):
        if key in kept:
            renewed[answer][key] = uuid.uuid4()
        kept.add(key)
    for answer, keys in renewed.items():
        _renew(apps, editor.connection.alias, answer, keys)


def _renew(apps, alias, pk, keys):
    def rows(name):
        return apps.get_model("reports", name)._base_manager.using(alias)

    answer = rows("Answer").get(pk=pk)
    paragraphs = list(rows("Paragraph").filter(answer=pk).order_by("position", "pk"))
    added, removed = [], []
    for row in paragraphs:
        if row.key in keys:
            removed.append([str(row.key), "removed", row.position, "", row.origin_id])
            row.key = keys[row.key]
            added.append([str(row.key), "added", row.position, row.text, row.origin_id])
    rows("Paragraph").bulk_update(paragraphs, ["key"])
    for old, new in keys.items():
        rows("Comment").filter(answer=pk, paragraph_key=old).update(paragraph_key=new)
        rows("Paragraph").filter(source_answer=pk, source_key=old).update(source_key=new)
    last = rows("AnswerVersion").filter(answer=pk).order_by("-number").first()
    if last is not None:
        _write(rows, answer, last, [str(row.key) for row in paragraphs], [*added, *removed])


def _write(rows, answer, last, order, changes):
    """One more version at the end of the chain, hashed as the product did when this was written."""
    now = timezone.now()
    said = {
        "answer": answer.pk,
        "number": last.number + 1,
        "by": [last.by_id, BY],
        "at": now.astimezone(datetime.UTC).isoformat(),
        "why": "draft",
        "content": last.content,
        "order": order,
        "paragraphs": [change[:4] for change in changes],
        "previous": last.sha256,
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    version = rows("AnswerVersion").create(
        state_party_id=answer.state_party_id,
        answer_id=answer.pk,
        number=last.number + 1,
        by_id=last.by_id,
        by_name=BY,
        at=now,
        why="draft",
        content=last.content,
        order=order,
        previous_sha256=last.sha256,
        sha256=digest,
    )
    for key, change, position, text, origin in changes:
        rows("ParagraphVersion").create(
            state_party_id=answer.state_party_id,
            version=version,
            answer_id=answer.pk,
            number=version.number,
            key=uuid.UUID(key),
            change=change,
            position=position,
            text=text,
            origin_id=origin,
        )
    answer.version, answer.version_sha256 = version.number, digest
    answer.save(update_fields=["version", "version_sha256"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_version_attempt")]

    operations = [
        migrations.RunPython(part, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.UniqueConstraint(fields=["key"], name="paragraph_in_one_answer"),
        ),
    ]
