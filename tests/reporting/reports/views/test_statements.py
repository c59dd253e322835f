"""Pages cost the same however many sections, people and reports there are."""

import pytest

from accounts.choices import Role
from tests import factories
from tests.reporting.reports import factories as made


@pytest.fixture
def many(cast, monkeypatch):
    """A questionnaire with ``many(n)`` sections, reported on; ``reports`` more reports besides."""

    def build(count: int):
        sections = [(f"F{n}", "health" if n % 2 else "justice", [("narrative", True, {})]) for n in range(1, count + 1)]
        monkeypatch.setattr(made, "SECTIONS", sections)
        monkeypatch.setattr(made, "assign", lambda report, cast: None)
        for number in range(count):
            factories.member(f"Person {count} {number}", cast.health, Role.FOCAL_POINT)
        return made.report(cast)

    return build


def counts(client, statements, address: str) -> int:
    client.get(address)  # what is cached for good is cached
    with statements() as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("page", "most"),
    [("sections/", 8), ("board/", 10), ("contributions/", 8), ("people/", 9), ("log/", 9), ("", 14), ("assign/", 10)],
)
def test_a_coordinator_s_pages_cost_the_same(cast, many, signed_in, statements, page, most):
    client = signed_in(cast.amina)
    reports = [many(count) for count in (1, 3, 30)]

    found = [counts(client, statements, f"/reports/{report.slug}/{page}") for report in reports]

    assert len(set(found)) == 1
    assert found[0] <= most


@pytest.mark.parametrize(("page", "most"), [("sections/", 8), ("contributions/", 9), ("", 14)])
def test_a_drafter_s_pages_cost_the_same(cast, many, signed_in, statements, page, most):
    client = signed_in(cast.dana)
    reports = [many(count) for count in (1, 3, 30)]

    found = [counts(client, statements, f"/reports/{report.slug}/{page}") for report in reports]

    assert len(set(found)) == 1
    assert found[0] <= most


@pytest.mark.parametrize("name", ["amina", "dana", "mina"])
def test_lists_and_home_cost_the_same(cast, many, signed_in, statements, name):
    client = signed_in(getattr(cast, name))
    found = {"/reports/": [], "/home/": [], "/cycles/": []}
    for count in (1, 3, 30):
        many(count)
        for address in found:
            if address != "/cycles/" or name != "dana":
                found[address].append(counts(client, statements, address))

    for seen in found.values():
        assert len(set(seen)) <= 1
        assert not seen or seen[0] <= 8
