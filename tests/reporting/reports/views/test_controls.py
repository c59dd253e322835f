"""Characters that no text needs, in every box of a section: nothing breaks, nothing is kept of them."""

import re

import pytest

from reporting.reports.models import Answer, Comment
from tests.reporting.reports import writing
from tests.reporting.reports.views.test_section_pages import F1

pytestmark = pytest.mark.django_db
BAD = "a\x00b\x07\u202ec"


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


def test_a_search_for_them_finds_nothing_and_does_not_break(cast, section, signed_in):
    for address in (
        "/search/?q=%00a",
        "/assistance/?q=%00a",
        "/reports/?q=%00",
        "/instruments/?q=%00a",
        "/home/?view=%00",
        f"{F1}comments/?paragraph=%00",
        "/settings/history/?subject=%00&person=%00&act=%00",
        "/account/login/?next=%00",
    ):
        assert signed_in(cast.amina).get(address).status_code in {200, 302, 404}, address


def test_a_comment_is_kept_without_them(cast, section, signed_in):
    answer = signed_in(cast.dana).post(f"{F1}comments/add/", {"text": BAD, "audience": "section"})
    assert answer.status_code == 302
    assert "\x00" not in Comment.objects.get().text


def test_every_box_of_the_page_is_kept_without_them(cast, section, signed_in):
    client = signed_in(cast.dana)
    html = client.get(F1).content.decode()
    data = dict.fromkeys(re.findall(r'<(?:input|textarea|select)[^>]*name="(a\d+[^"]*)"', html), "")
    for name in data:
        if name.endswith("_version"):
            data[name] = "0"
        elif not re.search(r"disposition|choice|place|attachment|file", name):
            data[name] = BAD
    page = client.post(f"{F1}save/", data)
    assert page.status_code in {302, 409, 422}
    data = {name: value if name.endswith("_version") or "_p_" in name else "" for name, value in data.items()}
    page = client.post(f"{F1}save/", data)
    assert page.status_code == 302
    for row in Answer.objects.all():
        assert "\x00" not in repr(row.content)


def test_reasons_are_kept_without_them(cast, section, signed_in):
    client = signed_in(cast.dana)
    row = writing.answer(section, 1)
    data = {f"a{row.pk}_version": "0", f"a{row.pk}_disposition": "not_applicable", f"a{row.pk}_disposition_reason": BAD}
    page = client.post(f"{F1}save/", data)
    assert page.status_code in {302, 422}, page.status_code
    row.refresh_from_db()
    assert "\x00" not in row.disposition_reason
