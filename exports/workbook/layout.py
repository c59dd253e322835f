"""What stands where in a workbook to be filled in: a sheet for each section, one for each table and list of it."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from exports.workbook.shapes import (
    CELL,
    CHOICE,
    DAY,
    FURNITURE,
    LINE,
    NUMBER,
    SAID,
    TEXT,
    Cell,
    Column,
    Layout,
    Row,
    Sheet,
)
from reporting.questionnaires.choices import DIMENSIONS, Disposition, QuestionKind
from reporting.questionnaires.kinds import KINDS, values
from reporting.questionnaires.kinds.layout import cell_key, is_open, measures_of, rows_of
from reporting.reports import freeze
from reporting.reports.models import Answer, Report
from reporting.reports.services.versions import State

NEW_PARAGRAPHS, NEW_ROWS = 5, 5
CHOICES, MARKS, SAIDS = "servanda_choices", "servanda_marks", "servanda_said"
_PREFIX = "q"


def choice_labels() -> dict[str, str]:
    return {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}


def new_key(workbook: uuid.UUID, answer: int, place: int) -> str:
    """The key of an empty paragraph of a workbook: the same each time it comes back, so that it arrives once."""
    return str(uuid.uuid5(workbook, f"{answer}/{place}"))


def lay_out(
    report: Report,
    answers: Sequence[Answer],
    states: Mapping[int, State],
    versions: Mapping[int, int],
    *,
    workbook: uuid.UUID,
    language: str,
    instructions: Iterable[tuple[str, str]] = (),
) -> Layout:
    """The workbook of these answers, in the order of the report, as they were at ``versions``."""
    with translation.override(language):
        sheets: list[Sheet] = []
        for section, group in groupby(answers, key=lambda each: each.section):
            rows: list[Row] = []
            others: list[Sheet] = []
            for answer in group:
                made = _Question(answer, states[answer.pk], versions[answer.pk], workbook, language)
                rows += made.rows()
                others += made.sheets()
            title = f"{section.code} {section.section.wording('title', language)[0]}"
            hint = _("Write in the cells with a border. Everything else is locked.")
            sheets.append(Sheet(section.code, title, hint, _section_columns(), tuple(rows)))
            sheets += others
        return Layout(
            key=str(workbook),
            title=report.title_here,
            instructions=tuple(instructions),
            instructions_name=_("Instructions"),
            sheets=tuple(sheets),
            lists={
                CHOICES: tuple(choice_labels().values()),
                MARKS: tuple(str(label) for label in values.MARKS.values()),
                SAIDS: tuple(str(label) for label in (*values.SAID.values(), *values.MARKS.values())),
            },
            right_to_left=translation.get_language_bidi(),
        )


def _section_columns() -> tuple[Column, ...]:
    return (Column("no", _("No."), 12), Column("about", _("What goes here"), 26), Column("answer", _("Answer"), 96))


class _Question:
    """The rows of one question, and its sheets where it is a table or a list."""

    def __init__(self, answer: Answer, state: State, version: int, workbook: uuid.UUID, language: str) -> None:
        self.answer, self.state, self.version, self.workbook = answer, state, version, workbook
        self.question = answer.question
        self.kind = KINDS[self.question.kind]
        self.definition = freeze.localized(self.question, language)
        self.years = freeze.years_of(self.question, answer.section.report.last_year)
        self.code = f"{answer.section.code}-Q{self.question.number}"
        self.text = self.question.wording("text", language)[0]
        posted = self.kind.to_post(state.content, _PREFIX)
        self.fields = {name[len(_PREFIX) + 1 :]: value for name, value in posted.items()}
        self.place = 0

    def _row(self, key: str, cells: dict[str, Cell], *, is_new: bool = False) -> Row:
        self.place += 1
        number = f"{self.code}.{self.place}"
        return Row(f"{self.answer.pk}:{key}", self.answer.pk, self.version, number, cells, is_new=is_new)

    def _new(self, place: int) -> str:
        return new_key(self.workbook, self.answer.pk, place)

    def _field(self, name: str, holds: str = LINE) -> Cell:
        raw = self.fields.get(name, "")
        return Cell(_shown(raw, holds), name, raw, holds)

    @property
    def has_sheet(self) -> bool:
        return self.question.kind in {QuestionKind.TABLE, QuestionKind.LEGAL_REFERENCES}

    def _holds(self, measure: Mapping[str, Any]) -> str:
        """By the unit in the original words, as kinds/measures reads a cell."""
        units = {each["key"]: each.get("unit", "") for each in measures_of(self.question.definition)}
        return {"date": DAY, "yes or no": SAID}.get(str(units[measure["key"]]).casefold().strip(), CELL)

    # --- on the sheet of the section ---

    def rows(self) -> Iterator[Row]:
        said = _("Question (required)") if self.answer.is_required else _("Question")
        yield Row(FURNITURE, number=self.code, cells={"about": Cell(said), "answer": Cell(self.text)}, look="question")
        if self.state.disposition.get("disposition"):
            label = str(Disposition(self.state.disposition["disposition"]).label)
            yield _hint(_("Answered otherwise"), _("{how}. Change this on the page.").format(how=label))
        if self.has_sheet:
            yield _hint(_("Another sheet"), _("Fill in the sheet {name}.").format(name=self.code))
        elif self.question.kind == QuestionKind.FILES:
            yield _hint(_("Files"), _("Files are added on the page of the section; a workbook cannot bring them."))
        else:
            yield from self._values()
            yield from self._paragraphs() if self.kind.has_text else ()

    def _values(self) -> Iterator[Row]:
        for name, label, holds in _VALUES.get(self.question.kind, ()):
            yield self._row(f"f:{name}", {"about": Cell(str(label())), "answer": self._field(name, holds)})

    def _paragraphs(self) -> Iterator[Row]:
        label = _("Paragraph {place}")
        if self.question.kind == QuestionKind.CHOICE:
            label = _("Explanation, paragraph {place}")
        for place, piece in enumerate(self.state.pieces, start=1):
            text = Cell(piece.text, f"p:{piece.key}", piece.text, TEXT)
            yield self._row(f"p:{piece.key}", {"about": Cell(label.format(place=place)), "answer": text})
        for place in range(NEW_PARAGRAPHS):
            key = self._new(place)
            cells = {"about": Cell(_("New paragraph")), "answer": Cell("", f"p:{key}", "", TEXT)}
            yield self._row(f"p:{key}", cells, is_new=True)

    # --- on a sheet of its own ---

    def sheets(self) -> Iterator[Sheet]:
        self.place = 0
        if self.question.kind == QuestionKind.TABLE:
            yield self._table()
        elif self.question.kind == QuestionKind.LEGAL_REFERENCES:
            yield self._references()

    def _references(self) -> Sheet:
        widths = {"title": 56, "number": 18, "date": 18, "article": 20, "link": 44}
        heads = {
            "title": _("Title"),
            "number": _("Number"),
            "date": _("Date"),
            "article": _("Article"),
            "link": _("Link"),
        }
        columns = (Column("no", _("No."), 12), *(Column(name, heads[name], widths[name]) for name in widths))
        keys = [entry["key"] for entry in self.state.content.get("references", [])]
        rows = [
            self._row(f"e:{key}", {name: self._field(f"{key}-{name}") for name in widths}, is_new=key not in keys)
            for key in [*keys, *(uuid.UUID(self._new(place)).hex[:8] for place in range(NEW_ROWS))]
        ]
        hint = _("One law or decision in each row; empty rows are for new ones. Empty a whole row to take it away.")
        return Sheet(self.code, f"{self.code} {self.text}", hint, columns, tuple(rows))

    def _table(self) -> Sheet:
        measures = measures_of(self.definition)
        opened, several = is_open(self.definition), len(measures) > 1
        by_row = opened or "fixed" in self.definition
        columns = [Column("no", _("No."), 12), Column("label", self.definition.get("open") or _("Row"), 34)]
        if by_row and several:
            columns.append(Column("measure", _("Measure"), 24))
        columns.append(Column("unit", _("Unit"), 14))
        columns += [Column(f"y{year}", str(year), 16) for year in self.years]
        columns += [
            Column("source", _("Source"), 34),
            Column("reference_date", _("Reference date"), 16),
            Column("method", _("Method"), 30),
        ]
        rows: list[Row] = []
        added = [uuid.UUID(self._new(place)).hex[:8] for place in range(NEW_ROWS)] if opened else []
        content = {**self.state.content}
        content["rows"] = [*content.get("rows", []), *({"key": key, "label": ""} for key in added)]
        for line in rows_of(self.definition, content):
            for place, measure in enumerate(line.measures):
                cells = {"unit": Cell(measure.get("unit", ""))}
                if place == 0:
                    cells["label"] = self._field(f"row-{line.key}-label") if opened else Cell(line.label)
                    cells |= self._sources("", line.key)
                elif not opened:
                    cells["label"] = Cell(line.label)
                if by_row and several:
                    cells["measure"] = Cell(measure["name"])
                for year in self.years:
                    name = f"cell-{cell_key(line.key, measure['key'], year)}"
                    cells[f"y{year}"] = self._field(name, self._holds(measure))
                rows.append(self._row(f"t:{line.key}/{measure['key']}", cells, is_new=line.key in added))
        for place, dimension in enumerate(self.definition.get("breakdowns", []), start=1):
            rows += self._breakdown(dimension, measures[0], place)
        hint = _(
            "Write numbers, or choose a mark such as “{mark}” from the list of a cell. Emptied, a value is taken away."
        ).format(mark=values.MARKS[values.NOT_AVAILABLE])
        return Sheet(self.code, f"{self.code} {self.text}", hint, tuple(columns), tuple(rows))

    def _sources(self, prefix: str, row: str) -> dict[str, Cell]:
        names = ("source", "reference_date", "method")
        return {name: self._field(f"{prefix}source-{row}-{name}") for name in names}

    def _breakdown(self, dimension: str, measure: Mapping[str, Any], place: int) -> Iterator[Row]:
        label = str(DIMENSIONS.get(dimension, dimension.replace("_", " ")))
        heading = _("{measure}, by {dimension}").format(measure=measure["name"], dimension=label)
        yield Row(FURNITURE, cells={"label": Cell(heading)}, look="heading")
        table = self.state.content.get("breakdowns", {}).get(dimension, {})
        keys = [row["key"] for row in table.get("rows", [])]
        start = place * 100
        for key in [*keys, *(uuid.UUID(self._new(start + each)).hex[:8] for each in range(NEW_ROWS))]:
            prefix = f"by-{dimension}-"
            cells = {"label": self._field(f"{prefix}row-{key}-label"), "unit": Cell(measure.get("unit", ""))}
            cells |= {
                f"y{year}": self._field(f"{prefix}cell-{key}/{year}", self._holds(measure)) for year in self.years
            }
            cells |= self._sources(prefix, key)
            yield self._row(f"b:{dimension}/{key}", cells, is_new=key not in keys)


def _hint(about: str, text: str) -> Row:
    return Row(FURNITURE, cells={"about": Cell(about), "answer": Cell(text)}, look="hint")


def _holds(measure: Mapping[str, Any]) -> str:
    unit = str(measure.get("unit", "")).casefold().strip()
    return {"date": DAY, "yes or no": SAID}.get(unit, CELL)


def _shown(raw: str, holds: str) -> str:
    """What is written for a stored value: marks in words, everything else as it is."""
    if holds == CHOICE:
        return choice_labels().get(raw, raw)
    if holds in {CELL, SAID, DAY}:
        said = values.MARKS.get(raw) or values.SAID.get(raw)
        return str(said) if said else raw
    return raw


def codes(layout_language: str) -> dict[str, dict[str, str]]:
    """What the words of a workbook in this language stand for, by what a cell holds."""
    found: dict[str, dict[str, str]] = {CHOICE: {}, CELL: {}}
    for language in ("en", layout_language):
        with translation.override(language):
            found[CHOICE] |= {label.casefold(): code for code, label in choice_labels().items()}
            marks = {**values.MARKS, **values.SAID}
            found[CELL] |= {str(label).casefold(): code for code, label in marks.items()}
    found[DAY] = found[SAID] = found[CELL]
    return found


_VALUES: dict[str, tuple[tuple[str, Any, str], ...]] = {
    QuestionKind.CHOICE: (("choice", lambda: _("Answer"), CHOICE),),
    QuestionKind.NUMBER: (("value", lambda: _("Number"), NUMBER), ("note", lambda: _("Note"), LINE)),
    QuestionKind.DATE: (("date", lambda: _("Date"), DAY), ("note", lambda: _("Note"), LINE)),
    QuestionKind.INDICATOR: (
        ("value", lambda: _("Value"), NUMBER),
        ("unit", lambda: _("Unit"), LINE),
        ("year", lambda: _("Year"), LINE),
        ("source", lambda: _("Source"), LINE),
    ),
}
