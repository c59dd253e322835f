import json
from typing import Any

from django.core.management.base import BaseCommand

from reporting.reports.models import Report


class Command(BaseCommand):
    help = "Print every report as a line of JSON: id, State, instrument, kind, status, due."

    def handle(self, *args: Any, **options: Any) -> None:
        for report in Report.objects.select_related("state_party", "cycle__instrument").order_by("pk"):
            instrument = report.cycle.instrument
            line = {
                "id": report.pk,
                "state": report.state_party.code,
                "instrument": instrument.code if instrument else None,
                "report": report.slug,
                "kind": report.kind,
                "status": report.status,
                "due": report.due_on.isoformat() if report.due_on else None,
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))
