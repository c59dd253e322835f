"""Long lists, a page at a time."""

import pytest
from django.test import RequestFactory

from accounts.presenters import paging


def asked(address: str):
    return RequestFactory().get(address)


def test_a_page_keeps_what_the_address_chooses_and_drops_its_own_number():
    found = paging.paged(asked("/list/?status=late&q=a%26b&page=2"), list(range(60)))

    assert list(found["page_obj"]) == list(range(25, 50))
    assert found["query"] == "status=late&q=a%26b"


def test_a_page_beyond_the_last_is_the_last():
    assert paging.paged(asked("/list/?page=9"), list(range(60)))["page_obj"].number == 3


@pytest.mark.parametrize(
    ("page", "number"), [("", 1), ("1", 1), ("3", 3), ("0", 1), ("-2", 1), ("two", 1), ("٣", 1), ("9" * 400, 1)]
)
def test_a_number_that_is_none_asks_for_the_first_page(page, number):
    assert paging.number_asked(asked(f"/list/?page={page}")) == number


def test_a_list_whose_length_is_known_has_the_pages_that_it_would_have():
    page = paging.page_of(asked("/list/?all=1&page=2"), count=51, number=2)["page_obj"]

    assert [page.number, page.paginator.num_pages, page.has_next()] == [2, 3, True]
    assert [paging.part_of(number) for number in (1, 2)] == [slice(0, 25), slice(25, 50)]
