"""Wherever a number is read from an address, a form or a query string, one that no column holds fails nothing."""

import re
from typing import Any

import pytest

from accounts.numbers import BIGGEST
from tests.routes import table
from tests.routes.matrix import NONE, Row, expected, put, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("brief")]

HUGE = str(BIGGEST * 10)
CASES = [(row, method) for row in table.ROWS for method in ("GET", "POST") if getattr(row, method.lower()) is not NONE]


def enlarged(value: Any) -> Any:
    """The same with every number by itself made larger than any column."""
    if isinstance(value, dict):
        return {name: enlarged(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [enlarged(each) for each in value]
    return HUGE if re.fullmatch(r"\d+", str(value)) else value


def let_in(row: Row, method: str, spot: Any, world: Any) -> list[str]:
    """Two of those who get through to the page, and to whatever it does with a number."""
    said = getattr(row, method.lower())
    usual = 200 if method == "GET" else 302
    first = next(iter(said.values()))
    names = [name for name in world.clients if name != "anonymous"]
    return [name for name in names if expected(first, row, method, name, spot.roles.get(name, name)) == usual][:2]


@pytest.mark.parametrize(("row", "method"), CASES, ids=lambda value: getattr(value, "label", value))
def test_a_number_that_no_column_holds_is_no_failure(row, method, world):
    spot = world.spots[f"{row.spot} here"] if row.spot else world.nowhere
    with undone():
        put(next(iter(getattr(row, method.lower()))), spot, world)
        address = row.address(world, spot)
        data = row.data(world, spot) if callable(row.data) else row.data
        wide = re.sub(r"(?<=[/=])\d+(?=[/&]|$)", HUGE, address)
        for name in let_in(row, method, spot, world):
            client = world.clients[name]
            for asked, fields in {(address, True), (wide, False)}:
                with undone():
                    if method == "GET":
                        answer = client.get(asked, enlarged({"question": 1, "a": 1, "b": 1, "round": 1}))
                    else:
                        answer = client.post(asked, enlarged(data) if fields else data)
                _ = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert answer.status_code < 500, asked
