import json
from typing import Any

from django.core.management.base import BaseCommand

from reporting.assistance.models import AssistanceRequest


class Command(BaseCommand):
    help = "Print every request as a line of JSON: id, State, title, status, due."

    def handle(self, *args: Any, **options: Any) -> None:
        for request in AssistanceRequest.objects.select_related("state_party").order_by("pk"):
            line = {
                "id": request.pk,
                "state": request.state_party.code,
                "reference": request.reference,
                "title": request.title,
                "status": request.status,
                "due": request.needed_by_on.isoformat() if request.needed_by_on else None,
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))
