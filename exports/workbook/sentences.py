"""What may be wrong with a workbook that comes back, each with a sentence that says how to mend it.

Kept by code and said in the language of whoever reads; ``{…}`` stand for what a problem brings along.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# The whole file is refused.
FILE: dict[str, Any] = {
    "empty": _("The file is empty. Save the workbook again and choose that file."),
    "large": _("The file is larger than {limit}. The workbook downloaded here is smaller; take pictures out of it."),
    "encrypted": _("The workbook is protected with a password for opening. Save it without that password."),
    "old_excel": _("This is a workbook of the old Excel format (.xls). Save it as “Excel workbook (.xlsx)”."),
    "binary": _("This is a binary Excel workbook (.xlsb). Save it as “Excel workbook (.xlsx)”."),
    "opendocument": _("This is an OpenDocument file. Save it as “Excel 2007–365 (.xlsx)”."),
    "word": _("This is a Word document. Choose the Excel workbook that was downloaded here."),
    "pdf": _("This is a PDF. Choose the Excel workbook that was downloaded here."),
    "not_excel": _("This is not an Excel workbook (.xlsx). Choose the workbook that was downloaded here."),
    "damaged": _("The file is damaged: it cannot be unpacked. Save the workbook again and choose that file."),
    "many_parts": _("The file has more parts than a workbook needs, so it was not opened."),
    "unpacked": _("Unpacked, the file would be far larger than a workbook of answers, so it was not opened."),
    "ratio": _("A part of the file is packed so tightly that it was not opened."),
    "strange_names": _("The file has parts with names that no workbook has, so it was not opened."),
    "macros": _("The workbook holds macros. Save it as “Excel workbook (.xlsx)”, without macros."),
    "links": _("The workbook refers to other workbooks. Remove these links, or paste values alone, and save it again."),
    "embedded": _("The workbook holds other files or controls. Remove them and save it again."),
    "entities": _("The workbook was made with declarations that no spreadsheet writes, so it was not read."),
    "unreadable": _("The workbook cannot be read. Open it in Excel or LibreOffice, save it and choose that file."),
    "many_sheets": _("The workbook has more than {limit} sheets. Remove those that you added."),
    "many_rows": _("Sheet “{sheet}” has more than {limit} rows. Remove what was written below the questions."),
    "foreign": _("This is not a workbook that was downloaded here. Download one from this page and fill that in."),
    "no_sheets": _("None of the sheets to fill in is left in this workbook. Download it again."),
    "unknown": _("This workbook is not known here. It was downloaded for somebody else’s report or has been removed."),
    "other_report": _("This workbook belongs to another report. Open that report and hand it in there."),
    "other_edition": _("The questions of this report have changed since the workbook was downloaded. Get a new one."),
    "two_workbooks": _("Sheets of several workbooks are mixed in this file. Hand in each workbook by itself."),
}
# One sheet, row or cell is left out; the rest stands.
PLACE: dict[str, Any] = {
    "foreign_row": _("This row belongs to no question of this workbook. Write in the rows that were downloaded."),
    "other_version": _("This row comes from another download. Hand in that workbook, or write in the row of this one."),
    "twice": _("This row stands twice, with different answers. Keep one of them."),
    "swapped": _(
        "The number beside this row is {found}, its hidden identifier says {wanted}: only some columns were sorted."
        " Undo that."
    ),
    "merged": _("Cells of this row were merged. Undo that and write each answer into its own cell."),
    "formula": _("This cell holds a formula. Put its value there instead."),
    "error": _("This cell shows the error {found}. Put a value there."),
    "long": _("This text has {size} characters; a paragraph may have {limit}. Split it in two."),
    "no_key": _("What stands here belongs to no question. Write in an empty row of the question instead."),
    "number_moved": _("This row has lost its hidden identifier. Write in the row as it was downloaded."),
}
# Said besides; nothing needs mending.
REMARKS: dict[str, Any] = {
    "extra_sheet": _("Sheet “{sheet}” is not part of the workbook and was not read."),
    "missing_rows": _("Rows that are missing in the file were left as they are on the page: {count}."),
    "missing_columns": _("Columns that are missing on sheet “{sheet}” were left as they are on the page."),
    "pictures": _("Pictures and charts are not read."),
}


def say(code: str, said: Mapping[str, Any]) -> str:
    sentence = FILE.get(code) or PLACE.get(code) or REMARKS[code]
    return str(sentence).format(**said)
