from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exports import exporting, output, packing, store
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
        parser.add_argument("--format", choices=[*FORMATS, "zip"], required=True)
        parser.add_argument(
            "--inside",
            choices=list(FORMATS),
            nargs="+",
            default=["pdf", "docx"],
            help="the formats of the report in a zip, beside its annexes (default: pdf docx)",
        )
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
        if options["format"] == "zip":
            return self._zip(report, options["form"], options["inside"], language, options["output"])
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

    def _zip(self, report: Report, form: str, inside: list[str], language: str, path: str) -> None:
        now = timezone.now()
        with TemporaryFile() as target:
            try:
                submission = exporting.submission_of(report, form=form, language=language)
                if submission is not None:
                    items = packing.items_of_submission(submission, inside, language)
                    packing.write_submission(target, submission, items, language)
                else:
                    content = freeze.content(report, language=language)
                    items = packing.items_of_draft(content, form=form, formats=inside, at=now)
                    packing.write_draft(target, content, items, form=form, at=now)
            except CannotRender as error:
                raise CommandError(str(error)) from None
            except store.Damaged:
                raise CommandError(store.damaged_sentence()) from None
            target.seek(0)
            output.write(path, target.read())
