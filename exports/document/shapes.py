"""The shapes of the neutral document: frozen and equal by value."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

SUBMISSION = "submission"
WORKING = "working"

REPORT = "report"  # cover, contents, annexes
LINE, BARS = "line", "bars"  # kinds of charts

LETTER = "letter"  # title and fields at the head of the first page


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look; a line break is ``\\n``.

    A footnote mark is a run with empty ``text`` whose ``note`` holds the runs of the footnote; notes hold no notes.
    What a comparison found ``inserted`` is underlined, what it found ``deleted`` struck through.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: tuple["Run", ...] = ()
    inserted: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph of text, or the text of a list item."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Bullets:
    """A list. Each item is a tuple of blocks: its text, then lists inside it. ``start`` is the first number."""

    items: tuple[tuple["Text | Bullets", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph (an unnumbered one has ``number`` None)."""

    content: tuple[Text | Bullets, ...]
    number: int | None = None


@dataclass(frozen=True)
class Cell:
    """One cell: a number, a text such as "not available", or None where nothing was entered.

    ``mark`` (such as "a") refers to one of the notes of the table.
    """

    value: Decimal | str | None = None
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption above and its source and notes under it.

    ``label`` is complete ("Table 3"); ``head`` is as long as every row; ``name`` is a short name for its sheet.
    ``unit`` is what all its numbers count, empty where rows say it themselves.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    label: str = ""
    unit: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Series:
    """One line, or the bars of one colour; None where there is no figure."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Chart:
    """The figures of a table over years, as a picture. ``alt`` says all of them in words."""

    kind: str
    caption: str
    unit: str
    years: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str


@dataclass(frozen=True)
class LegalReference:
    """A law, decree or judgment that the report cites. ``date`` is ready to print."""

    title: str
    number: str = ""
    date: str = ""
    article: str = ""
    link: str = ""


@dataclass(frozen=True)
class References:
    """Legal references, where they stand in the text."""

    items: tuple[LegalReference, ...]


@dataclass(frozen=True)
class Field:
    """A name and what stands for it: cover data, an indicator, a figure, the data of a request."""

    name: str
    value: str
    link: str = ""


@dataclass(frozen=True)
class Fields:
    """Names and values under each other."""

    items: tuple[Field, ...]


@dataclass(frozen=True)
class Heading:
    """A small heading inside a section, not in the contents."""

    text: str


Block = Paragraph | Table | References | Fields | Heading


@dataclass(frozen=True)
class Response:
    """A question of the working form with what was answered.

    ``status``, ``disposition`` and ``choice`` are sentences or words ready to print; ``missing`` says what is still
    to be given, empty where nothing is.
    """

    number: str
    code: str
    question: str
    status: str = ""
    disposition: str = ""
    choice: str = ""
    blocks: tuple[Block, ...] = ()
    missing: str = ""
    words: int | None = None


@dataclass(frozen=True)
class Section:
    """A heading of the report with what stands under it. Level 1 is a part, 2 a section, 3 one inside it.

    The submission form fills ``blocks``; the working form fills ``responses`` and the lines about the work.
    ``article`` is what a filter in Excel needs ("66", "68-69").
    """

    heading: str
    level: int = 2
    code: str = ""
    article: str = ""
    blocks: tuple[Block, ...] = ()
    responses: tuple[Response, ...] = ()
    status: str = ""
    lead: str = ""
    contributors: tuple[str, ...] = ()
    due: str = ""
    words: int | None = None
    allotment: int | None = None


@dataclass(frozen=True)
class Abbreviation:
    """A short form and what it stands for."""

    short: str
    long: str


@dataclass(frozen=True)
class Annex:
    """A file that goes with the report."""

    title: str
    file_name: str = ""
    link: str = ""


@dataclass(frozen=True)
class Missing:
    """An entry of the list at the end of the working form."""

    section: str
    code: str
    question: str
    what: str


@dataclass(frozen=True)
class Column:
    """A column of a list. ``width`` is in characters; ``meaning`` and ``allowed`` are for the data dictionary."""

    heading: str
    width: int = 18
    meaning: str = ""
    allowed: str = ""


@dataclass(frozen=True)
class Listing:
    """A list for Excel: a filtered list of requests, or a further sheet of a report.

    ``cover`` says what the list holds and how it was filtered; it stands on a sheet of its own, before the list.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Decimal | str | None, ...], ...]
    cover: tuple[Field, ...] = ()
    cover_name: str = ""
    language: str = "en"
    direction: str = "ltr"
    generated_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Labels:
    """The words that the formats add, in the language of the document. Braces take what they name."""

    contents: str = "Contents"
    abbreviations: str = "Abbreviations"
    statistics: str = "Statistical annex"
    references: str = "Legal references"
    annexes: str = "List of annexes"
    missing: str = "What is missing"
    nothing_missing: str = "Nothing is missing."
    page: str = "Page {page} of {pages}"
    source: str = "Source: {source}"
    note: str = "Note: {note}"
    unit: str = "Unit: {unit}"
    caption: str = "{label}. {caption}"
    lead: str = "Lead: {lead}"
    contributors: str = "With: {bodies}"
    due: str = "Due: {date}"
    words: str = "Words: {words}"
    words_of: str = "Words: {words} of {allotment}"
    not_entered: str = "not entered"
    cited_article: str = "article {article}"
    cited_articles: str = "articles {article}"
    # Names of sheets and heads of columns
    cover: str = "Cover"
    answers: str = "Answers"
    abbreviation: str = "Abbreviation"
    meaning: str = "Meaning"
    table: str = "Table"
    section: str = "Section"
    heading: str = "Heading"
    article: str = "Article"
    question: str = "Question"
    question_code: str = "Code"
    status: str = "Status"
    disposition: str = "Disposition"
    paragraph: str = "Paragraph"
    text: str = "Text"
    words_column: str = "Words"
    lead_column: str = "Lead"
    title: str = "Title"
    number: str = "Number"
    date: str = "Date"
    link: str = "Link"
    file: str = "File"
    open_checks: str = "Open checks"
    over_allotment: str = "The section has {words} of {allotment} words."
    chart_figures: str = "Figures of the chart"
    # The data dictionary of a workbook
    dictionary: str = "Data dictionary"
    sheet: str = "Sheet"
    column: str = "Column"
    allowed: str = "Allowed values"
    whole_number: str = "Whole number"
    number_or_text: str = "Number or text"
    means_cover: str = "Data about the report and about this file"
    means_section: str = "Short code of the section"
    means_heading: str = "Heading under which it stands in the report"
    means_article: str = "Articles that the section is about"
    means_code: str = "Code of the question, the same in every report"
    means_question: str = "What is asked"
    means_status: str = "How far the answer is"
    means_disposition: str = "Why there is no answer here"
    means_paragraph: str = "Number in the report; empty where nothing is numbered"
    means_text: str = "What is answered, as it is printed; footnotes stand at its end"
    means_words: str = "Words of the answer, in its first row"
    means_lead: str = "Body that leads the section"
    means_open: str = "What the answer lacks, and a section over its allotment; in the first row of an answer"
    means_row: str = "What the figures of the row are about"
    means_figure: str = "A figure, or why there is none; empty where nothing was entered"
    means_note: str = "Column and mark of each note under the table"
    means_short: str = "Short form used in the text"
    means_law: str = "Law, decree or judgment that the report cites"
    means_missing: str = "What is still to be given"
    thousands: str = ","
    decimal: str = "."


@dataclass(frozen=True)
class Cover:
    """First page: lines over and under the title, data in two columns, a line at its foot."""

    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    foot: str = ""


@dataclass(frozen=True)
class Document:
    """A whole file. ``generated_at`` (of the endorsement, for a submission) goes into its properties.

    ``running_head`` and ``foot`` stand on every page after the cover; ``watermark`` lies under the text of all pages.
    ``statistics`` are sections that hold tables; ``missing`` is None in the submission form. ``listings`` are further
    sheets of the workbook.
    """

    title: str
    form: str = SUBMISSION
    shape: str = REPORT
    language: str = "en"
    direction: str = "ltr"
    generated_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    author: str = ""
    subject: str = ""
    cover: Cover = field(default_factory=Cover)
    running_head: str = ""
    foot: str = ""
    watermark: str = ""
    abbreviations: tuple[Abbreviation, ...] = ()
    sections: tuple[Section, ...] = ()
    statistics: tuple[Section, ...] = ()
    references: tuple[LegalReference, ...] = ()
    annexes: tuple[Annex, ...] = ()
    missing: tuple[Missing, ...] | None = None
    listings: tuple[Listing, ...] = ()
    labels: Labels = field(default_factory=Labels)
