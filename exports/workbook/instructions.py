"""The first sheet of a workbook: how it is filled in, in the language of whoever downloads it."""

from django.utils import formats, translation
from django.utils.translation import gettext as _

from exports.models import Workbook
from exports.workbook.layout import NEW_PARAGRAPHS
from reporting.questionnaires.kinds import values
from reporting.reports.models import Report


def instructions(row: Workbook, report: Report, *, address: str) -> list[tuple[str, str]]:
    """(look, text): look is "title", "heading" or ""."""
    with translation.override(row.language):
        made = {"name": str(row.owner), "date": formats.date_format(row.made_at, "DATE_FORMAT")}
        scope = _("Section {code}").format(code=row.section.code) if row.section else _("All that you may write in")
        mark = values.MARKS[values.NOT_AVAILABLE]
        return [
            ("title", report.title_here),
            ("", scope),
            ("", _("Downloaded by {name} on {date}.").format(**made)),
            ("heading", _("How to fill it in")),
            ("", _("Write in the cells with a border. All other cells are locked.")),
            ("", _("Each paragraph has a row of its own. Change its text; an empty cell takes the paragraph away.")),
            (
                "",
                _("Below each text {count} empty rows are for new paragraphs; they come after the others.").format(
                    count=NEW_PARAGRAPHS
                ),
            ),
            ("", _("Some cells offer a list: click the arrow beside the cell.")),
            ("", _("In tables write plain numbers, or choose a mark such as “{mark}”.").format(mark=mark)),
            ("", _("Write dates as year-month-day, such as 2026-03-31.")),
            ("", _("Formulas, pictures and merged cells are not taken over.")),
            ("", _("You may sort rows or rename sheets. Do not change the hidden columns and the hidden sheet.")),
            ("heading", _("How to bring it back")),
            ("", _("Save it as an Excel workbook (.xlsx) and hand it in here: {address}").format(address=address)),
            ("", _("You see what would change before anything is saved. Others may go on writing meanwhile.")),
            ("", _("What you and they changed is put together; where both changed the same words, you choose.")),
        ]  # fmt: skip
