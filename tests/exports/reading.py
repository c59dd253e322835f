"""Files opened again with readers that know nothing of how they were made."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pypdf
from docx.oxml.ns import qn


def pdf(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(data))


def pdf_text(data: bytes) -> str:
    """The text of all pages with single blanks."""
    return squeezed(" ".join(page.extract_text() for page in pdf(data).pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def letters(text: str) -> str:
    """``text`` without any blanks: lines break at other places in every format."""
    return re.sub(r"\s+", "", text)


def word(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def word_paragraphs(data: bytes, style: str) -> list[str]:
    return [each.text for each in word(data).paragraphs if each.style.name == style]


def word_notes(data: bytes) -> list[str]:
    with ZipFile(BytesIO(data)) as archive:
        root = word(data).part.package
        part = next(each for each in root.parts if str(each.partname) == "/word/footnotes.xml")
        assert "word/footnotes.xml" in archive.namelist()
    from lxml import etree

    notes = etree.fromstring(part.blob).findall(qn("w:footnote"))[2:]
    return ["".join(text.text for text in note.iter(qn("w:t"))).strip() for note in notes]


def book(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def rows(data: bytes, sheet: str) -> list[tuple[Any, ...]]:
    return list(book(data)[sheet].iter_rows(values_only=True))
