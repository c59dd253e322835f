"""The formats in which a document leaves, in the order in which pages offer them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from exports.document import Document
from exports.formats import docx, json, pdf, xlsx
from exports.formats.exceptions import CannotRender


@dataclass(frozen=True)
class Format:
    """One format. ``render`` raises CannotRender where it cannot hold the document."""

    slug: str
    label: str | Promise
    content_type: str
    extension: str
    render: Callable[[Document], bytes]


ZIP_TYPE = "application/zip"
_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    each.slug: each
    for each in (
        Format("pdf", "PDF", "application/pdf", "pdf", pdf.render),
        Format(
            "docx", pgettext_lazy("file format", "Word"), f"{_OFFICE}.wordprocessingml.document", "docx", docx.render
        ),
        Format("xlsx", pgettext_lazy("file format", "Excel"), f"{_OFFICE}.spreadsheetml.sheet", "xlsx", xlsx.render),
        Format("json", "JSON", "application/json", "json", json.render),
    )
}


def reason(error: CannotRender) -> str:
    """Why a format could not be made, in the language of the reader."""
    if not error.script:
        return str(error)
    script = _("the script {script}").format(script=error.script)
    return _("A PDF in %(script)s is not available yet; take the Word or Excel file.") % {"script": script}
