from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exports import exporting, output, store
from exports.document import SUBMISSION, WORKING
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS
from reporting.reports import freeze
from reporting.reports.models import Report


class Command(BaseCommand):
    help = (
        "Write a whole report as a file. The submission form of an endorsed report is the stored file; before, it is "
        "marked as a draft. For whoever runs the machine: no rights are asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, help="as printed by manage.py reports")
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--form", choices=[SUBMISSION, WORKING], default=SUBMISSION)
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            help="default: the submission language, of the working form the working language",
        )
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.select_related("cycle__instrument", "state_party").filter(pk=options["id"]).first()
        if report is None:
            raise CommandError(f"There is no report {options['id']}.")
        language = options["language"] or exporting.language_of(report, options["form"])
        try:
            data = self._data(report, options["form"], options["format"], language)
        except CannotRender as error:
            raise CommandError(str(error)) from None
        except store.Damaged:
            raise CommandError(store.damaged_sentence()) from None
        output.write(options["output"], data)

    def _data(self, report: Report, form: str, format_slug: str, language: str) -> bytes:
        known = exporting.made_before(report, form=form, format_slug=format_slug, language=language)
        if known is not None:
            return store.data_of(known)
        content = freeze.content(report, language=language)
        return exporting.render(content, form=form, format_slug=format_slug, at=timezone.now())
