"""The chart of a table as Excel draws it, from figures on the same sheet."""

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series

from exports.document import LINE, Chart


def drawn(chart: Chart, page: Any, top: int) -> Any:
    """The chart of figures that stand from row ``top`` on: the years, then a row for each series, its name first."""
    made = LineChart() if chart.kind == LINE else BarChart()
    made.title = chart.caption
    made.title.overlay = False
    made.y_axis.title = chart.unit or None
    made.x_axis.delete = made.y_axis.delete = False
    made.legend.position, made.legend.overlay = "b", False
    made.width, made.height = 18, 10
    last = 1 + len(chart.years)
    for at, each in enumerate(chart.series, start=top + 1):
        series = Series(Reference(page, min_col=2, max_col=last, min_row=at), title=each.name)
        series.smooth = False if chart.kind == LINE else None
        made.series.append(series)
    made.set_categories(Reference(page, min_col=2, max_col=last, min_row=top))
    return made
