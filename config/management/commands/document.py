from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import documents
from exports import schemas


class Command(BaseCommand):
    help = "Write docs/workflow.md and docs/permissions.md from the tables and acts, docs/schemas from the shapes."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs"
        (folder / "workflow.md").write_text(documents.workflow(), encoding="utf-8")
        (folder / "permissions.md").write_text(documents.permissions(), encoding="utf-8")
        (folder / "schemas").mkdir(exist_ok=True)
        for name in schemas.SCHEMAS:
            (folder / "schemas" / f"{name}.schema.json").write_text(schemas.written(name), encoding="utf-8")
