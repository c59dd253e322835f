"""The columns of a workbook: heads, widths, and what the data dictionary says of them."""

from exports.document import Column, Document, Labels, Table, is_numeric


def cover(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.title, 34, labels.means_cover, labels.text),
        Column(labels.text, 80, labels.means_cover, labels.text),
    )


def letter(labels: Labels) -> tuple[Column, ...]:
    return Column(labels.heading, 36), Column(labels.text, 100)


def submission(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.heading, 36, labels.means_heading, labels.text),
        Column(labels.article, 12, labels.means_article, labels.text),
        Column(labels.paragraph, 11, labels.means_paragraph, labels.whole_number),
        Column(labels.text, 100, labels.means_text, labels.text),
    )


def working(document: Document) -> tuple[Column, ...]:
    labels = document.labels
    said = [response.status for section in document.sections for response in section.responses]
    said += [section.status for section in document.sections if section.blocks]
    statuses = "; ".join(filter(None, dict.fromkeys(said))) or labels.text
    return (
        Column(labels.section, 10, labels.means_section, labels.text),
        Column(labels.heading, 32, labels.means_heading, labels.text),
        Column(labels.article, 10, labels.means_article, labels.text),
        Column(labels.question_code, 16, labels.means_code, labels.text),
        Column(labels.question, 50, labels.means_question, labels.text),
        Column(labels.status, 16, labels.means_status, statuses),
        Column(labels.disposition, 24, labels.means_disposition, labels.text),
        Column(labels.paragraph, 11, labels.means_paragraph, labels.whole_number),
        Column(labels.text, 90, labels.means_text, labels.text),
        Column(labels.open_checks, 30, labels.means_open, labels.text),
        Column(labels.words_column, 9, labels.means_words, labels.whole_number),
        Column(labels.lead_column, 28, labels.means_lead, labels.text),
    )


def abbreviations(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.abbreviation, 18, labels.means_short, labels.text),
        Column(labels.meaning, 80, labels.meaning, labels.text),
    )


def table(shown: Table, note: str, labels: Labels) -> tuple[Column, ...]:
    """The columns of a table; ``note`` is the head of the one with the marks, where there are any."""
    made = [
        Column(head, meaning=labels.means_figure, allowed=labels.number_or_text)
        if is_numeric(shown, at)
        else Column(head, meaning=labels.means_row, allowed=labels.text)
        for at, head in enumerate(shown.head)
    ]
    return (*made, *([Column(note, meaning=labels.means_note, allowed=labels.text)] if note else []))


def references(labels: Labels) -> tuple[Column, ...]:
    wide = ((labels.title, 60), (labels.number, 20), (labels.date, 18), (labels.article, 24), (labels.link, 50))
    return tuple(Column(head, width, labels.means_law, labels.text) for head, width in wide)


def missing(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.section, 12, labels.means_section, labels.text),
        Column(labels.question_code, 16, labels.means_code, labels.text),
        Column(labels.question, 80, labels.means_question, labels.text),
        Column(labels.missing, 40, labels.means_missing, labels.text),
    )


def dictionary(labels: Labels) -> tuple[Column, ...]:
    return Column(labels.sheet, 24), Column(labels.column, 30), Column(labels.meaning, 60), Column(labels.allowed, 40)
