"""Charts of statistical series: lines or bars told apart by dashes, marks and hatching as well as by colour."""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from reportlab.platypus import Flowable

from exports.document import LINE, Chart, Labels, figure
from exports.formats.pdf import tags
from exports.formats.pdf.lines import width
from exports.formats.pdf.shaping import SETTING
from exports.formats.pdf.text import FAINT, INK, REGULAR, HexColor, Style, put

_COLORS = [HexColor(code) for code in ("#0b5363", "#b5541c", "#5b4b8a", "#3d7a37", "#a0262f", "#5f6368")]
_DASHES: tuple[list[float], ...] = ([], [5, 2], [1.5, 1.5], [7, 2, 1.5, 2], [3, 1], [9, 3])
_GRID = HexColor("#d5dddd")
_HIGH = 132.0  # of the field of the chart
_YEARS = 16.0  # under it
_LEGEND = 12.0  # a line of the legend
_SMALL = Style(size=7.5, color=FAINT)
_NAME = Style(size=8, color=INK)


class Figure(Flowable):
    """A chart as wide as its room, with the years under it and the names of its series below."""

    def __init__(self, chart: Chart, labels: Labels, room: float, left: float, node: tags.Node) -> None:
        super().__init__()
        self.chart, self.labels, self.room, self.left, self.node = chart, labels, room, left, node
        self.lowest, self.highest, self.step = _scale(chart)
        self.legend = list(_rows([each.name for each in chart.series], room))
        self.spaceBefore, self.spaceAfter = 2.0, 8.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = self.left + self.room
        self.height = _HIGH + _YEARS + _LEGEND * len(self.legend) + 8
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        return []

    def draw(self) -> None:
        canvas = self.canv
        x, y = canvas.absolutePosition(0, 0)
        self.node.box = (x, y, x + self.width, y + self.height)
        canvas._code.append(canvas.tags.open(self.node, canvas.getPageNumber()))
        canvas.saveState()
        self._field()
        if self.chart.kind == LINE:
            self._lines()
        else:
            self._bars()
        canvas.setDash()
        self._names()
        canvas.restoreState()
        canvas._code.append(tags.CLOSE)

    # --- places

    def _x(self, from_start: float) -> float:
        """A distance from where reading begins, as a place on the paper."""
        return self.room - from_start if SETTING.get().rtl else self.left + from_start

    def _y(self, value: float) -> float:
        low = self.height - _HIGH
        return low + 4 + (_HIGH - 12) * (value - self.lowest) / (self.highest - self.lowest)

    @property
    def _axis(self) -> float:
        """The room that the figures at the side take."""
        return max(width(words, REGULAR, _SMALL.size) for _, words in self._ticks()) + 6

    def _ticks(self) -> list[tuple[float, str]]:
        count = round((self.highest - self.lowest) / self.step)
        places = max(0, -math.floor(math.log10(self.step))) if self.step < 1 else 0
        values = [self.lowest + self.step * at for at in range(count + 1)]
        return [(value, figure(Decimal(f"{value:.{places}f}"), self.labels)) for value in values]

    def _column(self, at: int) -> float:
        """The middle of a year, from where reading begins."""
        axis = self._axis
        return axis + (self.room - axis) * (at + 0.5) / len(self.chart.years)

    # --- parts

    def _field(self) -> None:
        canvas, rtl = self.canv, SETTING.get().rtl
        axis = self._axis
        for value, words in self._ticks():
            y = self._y(value)
            canvas.setStrokeColor(INK if value == 0 else _GRID)
            canvas.setLineWidth(0.6 if value == 0 else 0.4)
            canvas.line(self._x(axis), y, self._x(self.room), y)
            at = self._x(axis - 4)
            put(canvas, at, y - 2.6, words, _aligned(_SMALL, "left" if rtl else "right"), artifact="")
        for at, year in enumerate(self.chart.years):
            y = self.height - _HIGH - _YEARS + 8
            put(canvas, self._x(self._column(at)), y, year, _aligned(_SMALL, "center"), artifact="")

    def _lines(self) -> None:
        canvas = self.canv
        for place, series in enumerate(self.chart.series):
            canvas.setStrokeColor(_COLORS[place])
            canvas.setFillColor(_COLORS[place])
            points = [
                None if value is None else (self._x(self._column(at)), self._y(float(value)))
                for at, value in enumerate(series.values)
            ]
            canvas.setLineWidth(1.3)
            canvas.setDash(_DASHES[place])
            for before, after in pairwise(points):
                if before and after:
                    canvas.line(*before, *after)
            canvas.setDash()
            for point in points:
                if point:
                    _mark(canvas, place, *point)

    def _bars(self) -> None:
        count = len(self.chart.series)
        slot = (self.room - self._axis) / len(self.chart.years)
        wide = min(slot * 0.8 / count, 26)
        for place, series in enumerate(self.chart.series):
            for at, value in enumerate(series.values):
                if value is None:
                    continue
                middle = self._x(self._column(at) + (place - (count - 1) / 2) * wide)
                low, high = sorted((self._y(0), self._y(float(value))))
                _bar(self.canv, place, middle - wide * 0.45, low, wide * 0.9, max(high - low, 0.6))

    def _names(self) -> None:
        canvas, rtl = self.canv, SETTING.get().rtl
        y = self.height - _HIGH - _YEARS - 6
        for row in self.legend:
            for place, begin, name in row:
                canvas.setFillColor(_COLORS[place])
                canvas.setStrokeColor(_COLORS[place])
                left = min(self._x(begin), self._x(begin + 18))
                if self.chart.kind == LINE:
                    canvas.setLineWidth(1.3)
                    canvas.setDash(_DASHES[place])
                    canvas.line(left, y + 2.8, left + 18, y + 2.8)
                    canvas.setDash()
                    _mark(canvas, place, left + 9, y + 2.8)
                else:
                    _bar(canvas, place, left + 4, y - 1, 10, 8)
                put(canvas, self._x(begin + 23), y, name, _aligned(_NAME, "right" if rtl else "left"), artifact="")
            y -= _LEGEND


def _aligned(style: Style, align: str) -> Style:
    return Style(size=style.size, color=style.color, align=align)


def _scale(chart: Chart) -> tuple[float, float, float]:
    """The lowest and the highest line of the field, and the step between lines: round figures, nought among them."""
    values = [float(value) for each in chart.series for value in each.values if value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    if low == high:
        return 0.0, 1.0, 1.0
    raw = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= raw)
    return step * math.floor(low / step), step * math.ceil(high / step), step


def _rows(names: Sequence[str], room: float) -> Iterator[list[tuple[int, float, str]]]:
    """The legend: in each row the number of the series, where it begins, and its name."""
    row: list[tuple[int, float, str]] = []
    at = 0.0
    for place, name in enumerate(names):
        while width(name, REGULAR, _NAME.size) > room - 24 and len(name) > 8:
            name = name[:-4].rstrip(" ,;…") + "…"
        wide = 23 + width(name, REGULAR, _NAME.size) + 16
        if row and at + wide - 16 > room:
            yield row
            row, at = [], 0.0
        row.append((place, at, name))
        at += wide
    yield row


def _mark(canvas: Any, place: int, x: float, y: float) -> None:
    """The mark of a series: round, square, triangle, diamond, ring, cross."""
    canvas.setLineWidth(1)
    if place == 0:
        canvas.circle(x, y, 2.3, stroke=0, fill=1)
    elif place == 1:
        canvas.rect(x - 2.1, y - 2.1, 4.2, 4.2, stroke=0, fill=1)
    elif place == 4:
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.circle(x, y, 2.3, stroke=1, fill=1)
    elif place == 5:
        canvas.line(x - 2.3, y - 2.3, x + 2.3, y + 2.3)
        canvas.line(x - 2.3, y + 2.3, x + 2.3, y - 2.3)
    else:
        path = canvas.beginPath()
        corners = [(-2.6, -2.1), (0, 2.7), (2.6, -2.1)] if place == 2 else [(-2.8, 0), (0, 2.8), (2.8, 0), (0, -2.8)]
        path.moveTo(x + corners[0][0], y + corners[0][1])
        for right, up in corners[1:]:
            path.lineTo(x + right, y + up)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def _bar(canvas: Any, place: int, x: float, y: float, wide: float, high: float) -> None:
    """A bar with the hatching of its series: full, rising, falling, level, crossed, empty."""
    color = _COLORS[place]
    canvas.setStrokeColor(color)
    canvas.setFillColor(color if place == 0 else HexColor("#ffffff"))
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, wide, high, stroke=1, fill=1)
    if place in (0, 5):
        return
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, wide, high)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setLineWidth(0.6)
    if place in (1, 4):
        _hatch(canvas, x, y, wide, high, 1)
    if place in (2, 4):
        _hatch(canvas, x, y, wide, high, -1)
    if place == 3:
        for at in range(int(high / 3) + 1):
            canvas.line(x, y + 3 * at, x + wide, y + 3 * at)
    canvas.restoreState()


def _hatch(canvas: Any, x: float, y: float, wide: float, high: float, slope: int) -> None:
    for at in range(int((wide + high) / 3) + 1):
        begin = x - high + 3 * at if slope > 0 else x + 3 * at
        canvas.line(begin, y, begin + slope * high, y + high)
