"""Long lists, a page at a time; shown by components/pager.html."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest

# Half of the fifty that a page could bear: what is shown is what a page costs, and a list of two hundred is to cost
# at most one and a half times a list of twenty.
PER_PAGE = 25


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known, so that it is not asked for again."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.count = count  # in place of the property that would ask


def paged(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """{"page_obj": the page asked for, else the nearest there is; "query": the query string without its number}.

    ``rows`` is a queryset in a stable order, or a list; one statement counts it, one reads the page.
    """
    return {"page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "query": query_of(request)}


def paged_at_once(request: HttpRequest, rows: "QuerySet[Any]") -> dict[str, Any]:
    """The same in one statement, which counts the whole list with each row: for a list of plain rows."""
    number = number_asked(request)
    counted = rows.annotate(list_length=Window(Count("pk")))
    found = list(counted[part_of(number)])
    if not found and number > 1:
        number, found = 1, list(counted[part_of(1)])
    pages = Counted(found, found[0].list_length if found else 0)
    return {"page_obj": Page(found, number, pages), "query": query_of(request)}


def page_of(request: HttpRequest, *, count: int, number: int) -> dict[str, Any]:
    """The same of a list of ``count`` rows whose page ``number`` was read already."""
    return {"page_obj": Counted(range(count), count).get_page(number), "query": query_of(request)}


def query_of(request: HttpRequest) -> str:
    """What the address chooses besides the page, to be kept by the links to other pages."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def number_asked(request: HttpRequest) -> int:
    """The page that the address asks for, from 1 on; 1 where it names none."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def part_of(page: int) -> slice:
    """The rows of a page, numbered from 1, in the whole list."""
    return slice((page - 1) * PER_PAGE, page * PER_PAGE)
