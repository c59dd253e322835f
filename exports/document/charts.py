"""Which tables have a chart, and what it shows; the formats draw it each in their own way."""

from decimal import Decimal

from exports.document.reading import figure
from exports.document.shapes import BARS, LINE, Cell, Chart, Labels, Series, Table

MOST_SERIES = 6
_FEWEST_YEARS = 2
_LINE_FROM = 4  # years; fewer are bars


def chart_of(table: Table, labels: Labels) -> Chart | None:
    """The chart of a table whose columns are years; None where it has none, too many rows, or several units.

    Nothing is chosen out of a table: a chart shows all rows that hold figures, or there is none.
    """
    columns = [at for at, name in enumerate(table.head) if at and _is_year(name)]
    if len(columns) < _FEWEST_YEARS:
        return None
    lines = [(row, tuple(_number(row[at]) for at in columns)) for row in table.rows]
    series = tuple(
        Series(_name(row, columns[0]), values)
        for row, values in lines
        if sum(value is not None for value in values) >= _FEWEST_YEARS
    )
    if not series or len(series) > MOST_SERIES:
        return None
    units = {_unit(each.name) for each in series}
    if len(units) > 1:
        return None  # persons and per cent have no common scale
    unit = table.unit or units.pop()
    if not table.unit and unit:
        series = tuple(Series(each.name[: -len(unit) - 2].rstrip(), each.values) for each in series)
    years = tuple(table.head[at] for at in columns)
    kind = LINE if len(years) >= _LINE_FROM else BARS
    return Chart(kind, table.caption, unit, years, series, _alt(table.caption, unit, years, series, labels))


def _is_year(name: str) -> bool:
    return len(name) == 4 and name.isdigit()


def _number(cell: Cell) -> Decimal | None:
    return cell.value if isinstance(cell.value, Decimal) else None


def _name(row: tuple[Cell, ...], first: int) -> str:
    """What stands before the years: the name of the row, with that of its breakdown."""
    return ", ".join(str(cell.value) for cell in row[:first] if cell.value not in (None, ""))


def _unit(name: str) -> str:
    """What the name of a row says in brackets at its end."""
    return name.rpartition("(")[2][:-1] if name.endswith(")") and "(" in name else ""


def _alt(caption: str, unit: str, years: tuple[str, ...], series: tuple[Series, ...], labels: Labels) -> str:
    head = f"{caption} ({unit})" if unit else caption
    lines = [
        f"{each.name}: "
        + "; ".join(
            f"{year} – {figure(value, labels) if value is not None else labels.not_entered}"
            for year, value in zip(years, each.values, strict=True)
        )
        for each in series
    ]
    return ". ".join([head, *lines]) + "."
