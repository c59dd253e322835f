"""What a workbook to be filled in is made of; the same whenever it is laid out for the same workbook."""

from dataclasses import dataclass, field

FURNITURE = "-"  # the identifier of a row that holds no answer
# What a cell holds, which decides how it is written, read and compared.
TEXT, LINE, CELL, SAID, NUMBER, DAY, CHOICE = "text", "line", "cell", "said", "number", "day", "choice"


@dataclass(frozen=True)
class Cell:
    """A cell of a row. ``field`` names what it answers ("" for what is only read): "p:KEY" is a paragraph, anything
    else a field as in kinds/posted. ``raw`` is the stored value; ``shown`` what is written in its place.
    """

    shown: str = ""
    field: str = ""
    raw: str = ""
    holds: str = LINE


@dataclass(frozen=True)
class Row:
    """``key`` is the identifier that a row keeps wherever it is moved, ``number`` the one that people see."""

    key: str
    answer: int = 0
    version: int = 0
    number: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)  # by column
    look: str = ""  # question, heading, hint, or "" for a row of answers
    is_new: bool = False


@dataclass(frozen=True)
class Column:
    key: str
    heading: str
    width: float


@dataclass(frozen=True)
class Sheet:
    name: str
    title: str
    hint: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Layout:
    key: str  # of the workbook
    title: str
    instructions: tuple[tuple[str, str], ...]  # (look, text)
    instructions_name: str
    sheets: tuple[Sheet, ...]
    lists: dict[str, tuple[str, ...]]  # what drop-downs offer, by name
    right_to_left: bool

    def rows(self) -> dict[str, tuple[Sheet, Row]]:
        """The rows that hold answers, by identifier."""
        return {row.key: (sheet, row) for sheet in self.sheets for row in sheet.rows if row.key != FURNITURE}
