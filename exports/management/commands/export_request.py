from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exports import output
from exports.assemble_request import document_for_request
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS
from reporting.assistance.choices import RequestStatus
from reporting.assistance.freeze import submitted_content
from reporting.assistance.models import AssistanceRequest


class Command(BaseCommand):
    help = "Write a request as a file, as the State reads it. For whoever runs the machine: no rights are asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, help="as printed by manage.py requests")
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default="en", help="of the headings"
        )
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = AssistanceRequest.objects.select_related("state_party", "responsible", "last_version")
        request = rows.filter(pk=options["id"]).first()
        if request is None:
            raise CommandError(f"There is no request {options['id']}.")
        last = request.last_version
        content = {
            **submitted_content(request),
            "submitted_at": last.submitted_at.date().isoformat() if last else "",
            "is_draft": request.status not in {RequestStatus.SUBMITTED, RequestStatus.CLOSED},
            "positions": [],
        }
        document = document_for_request(content, language=options["language"], generated_at=timezone.now())
        try:
            data = FORMATS[options["format"]].render(document)
        except CannotRender as error:
            raise CommandError(str(error)) from None
        output.write(options["output"], data)
