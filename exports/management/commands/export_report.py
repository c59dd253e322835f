from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exports import exporting
from exports.document import SUBMISSION, WORKING
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS
from reporting.reports import freeze
from reporting.reports.models import Report


class Command(BaseCommand):
    help = "Write a whole report as a file. For whoever runs the machine: no rights are asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, help="as printed by manage.py reports")
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--form", choices=[SUBMISSION, WORKING], default=SUBMISSION)
        parser.add_argument("--language", help="of headings and tables (default: the submission language)")
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.select_related("cycle", "state_party").filter(pk=options["id"]).first()
        if report is None:
            raise CommandError(f"There is no report {options['id']}.")
        content = freeze.content(report, language=options["language"])
        try:
            data = exporting.render(content, form=options["form"], format_slug=options["format"], at=timezone.now())
        except CannotRender as error:
            raise CommandError(str(error)) from None
        try:
            with open(options["output"], "wb") as file:
                file.write(data)
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from None
