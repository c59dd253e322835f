from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import documents


class Command(BaseCommand):
    help = "Write docs/workflow.md and docs/permissions.md from the tables and acts."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs"
        (folder / "workflow.md").write_text(documents.workflow(), encoding="utf-8")
        (folder / "permissions.md").write_text(documents.permissions(), encoding="utf-8")
