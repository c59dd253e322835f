"""The pages of the library, and citing from it on the page of a section."""

import datetime
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags

from reporting.reports.models import Citation, LibraryItem
from reporting.reports.services.citing import cite
from reporting.reports.services.library import ItemFacts, add_version, edit_item, withdraw_item
from tests.growing import SIZES
from tests.reporting.reports import library, writing
from tests.reporting.reports.views.test_section_pages import F1, answer, fields

pytestmark = pytest.mark.django_db

LAWS, FILES = 4, 8  # the numbers of the questions that ask for laws and for files
ACT = "Private Employment Agencies Act"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


def text(page) -> str:
    """What a person reads in the main part of a page."""
    body = page.content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    return " ".join(html.unescape(strip_tags(main)).split())


def titles(page) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*><bdi>(.*?)</bdi>', page.content.decode())


def laws(section) -> list[dict]:
    return answer(section, LAWS).content.get("references", [])


# --- the list and an item --------------------------------------------------------------------


def test_the_list_is_searched_and_filtered(cast, signed_in):
    library.item(cast.dana, "Règlement intérieur", kind="decision", number="22/1988")
    library.item(cast.rosa, "قانون العمل", kind="law")
    library.item(cast.amina, "Old plan", kind="policy", valid_until=datetime.date(2020, 1, 1))
    withdraw_item(library.item(cast.amina, "Repealed Act"), reason="Repealed.", by=cast.amina)
    client = signed_in(cast.dana)

    def found(query: str) -> list[str]:
        return titles(client.get(f"/library/{query}"))

    assert found("") == ["Old plan", "Règlement intérieur", "قانون العمل"]
    assert found("?q=reglement 22/19") == ["Règlement intérieur"]
    assert found("?q=قانُون") == ["قانون العمل"]
    assert found("?kind=law") == ["قانون العمل"]
    assert found("?standing=expired") == ["Old plan"]
    assert found("?standing=withdrawn") == ["Repealed Act"]
    assert "Nothing in the library matches this." in text(client.get("/library/?q=nothing"))


def test_a_long_list_has_pages_and_costs_the_same(cast, signed_in, statements):
    client = signed_in(cast.dana)
    seen = []
    for size in SIZES:
        rows = LibraryItem.objects.count()
        LibraryItem.objects.bulk_create(
            LibraryItem(
                state_party=cast.arcadia,
                body=cast.health,
                kind="law",
                title=f"Act {number}",
                folded=f"act {number:03}",
                created_by=cast.dana,
                created_at=timezone.now(),
            )
            for number in range(rows, size)
        )
        client.get("/library/")
        with statements() as counted:
            page = client.get("/library/")
        seen.append(len(counted))

    assert len(set(seen)) == 1
    assert max(seen) <= 8
    assert "Page 1 of 12" in text(page)


def test_an_item_is_added_with_its_file_and_read(cast, signed_in):
    client = signed_in(cast.dana)
    said = {"kind": "law", "title": f" {ACT} ", "number": "22", "date": "12.5.2023", "link": "www.law.example/22"}

    added = client.post("/library/new/", said | {"file": SimpleUploadedFile("act.pdf", b"%PDF-1.7 act")})

    item = LibraryItem.objects.get()
    assert added["Location"] == f"/library/{item.pk}/"
    assert (item.title, item.date, item.link, item.is_public) == (
        ACT,
        "2023-05-12",
        "https://www.law.example/22",
        False,
    )
    page = client.get(added["Location"])
    assert ACT in text(page)
    assert "12 May 2023" in page.content.decode()
    assert item.versions.get().sha256 in text(page)
    assert "No answer that you may read cites it." in text(page)
    file = client.get(f"/library/{item.pk}/versions/1/")
    assert b"".join(file.streaming_content) == b"%PDF-1.7 act"
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Give the title."),
        ({"title": "x" * 501}, "Shorten this to 500 characters."),
        ({"link": "javascript:alert(1)"}, "is not a web address"),
        ({"valid_until": "soon"}, "Enter a day such as 2027-03-31."),
        ({"kind": "poem"}, "not one of the available choices"),
        ({"file": SimpleUploadedFile("a.svg", b"<svg>")}, "is not a file of an accepted type"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(cast, signed_in, wrong, sentence):
    page = signed_in(cast.dana).post("/library/new/", {"kind": "law", "title": ACT} | wrong)

    assert page.status_code == 422
    assert sentence in text(page)
    assert not LibraryItem.objects.exists()


def test_the_second_of_two_who_change_an_item_sees_what_stands(cast, signed_in):
    item = library.item(cast.dana)
    edit_item(item, ItemFacts(kind="law", title="What stands"), revision=1, by=cast.jonas)

    page = signed_in(cast.dana).post(
        f"/library/{item.pk}/edit/", {"revision": "1", "kind": "law", "title": "Mine"}, follow=True
    )

    assert page.status_code == 409
    assert "Somebody changed this item meanwhile." in text(page)
    assert fields_of(page) == {"revision": "2", "title": "What stands"}


def fields_of(page) -> dict[str, str]:
    found = dict(re.findall(r'name="(revision|title)" value="([^"]*)"', page.content.decode()))
    return found


def test_files_are_added_and_an_item_is_withdrawn_and_brought_back_on_its_page(cast, signed_in):
    item = library.item(cast.dana, content=b"%PDF-1 first")
    client, at = signed_in(cast.dana), f"/library/{item.pk}/"

    page = client.post(f"{at}versions/", {"file": SimpleUploadedFile("b.pdf", b"%PDF-1 second")}, follow=True)
    assert re.findall(r"Version \d: \w+\.pdf", text(page)) == ["Version 2: b.pdf", "Version 1: act.pdf"]
    page = client.post(f"{at}withdraw/", {"reason": " "})
    assert "Give the reason" in page.content.decode()
    page = client.post(f"{at}withdraw/", {"reason": "Repealed in 2025."}, follow=True)
    assert "Withdrawn by Dana" in text(page)
    assert "Repealed in 2025." in text(page)
    page = client.post(f"{at}restore/", follow=True)
    assert "Withdrawn" not in text(page)


def test_an_item_names_only_the_answers_that_its_reader_may_read(cast, section, signed_in):
    item = library.item(cast.dana)
    cite(section, answer=answer(section, LAWS).pk, item=item.pk, by=cast.dana)
    at = f"/library/{item.pk}/"

    assert "CMW 3, F1, question 4" in text(signed_in(cast.jonas).get(at))
    assert "No answer that you may read cites it." in text(signed_in(cast.rosa).get(at))
    assert [signed_in(getattr(cast, name)).get(at).status_code for name in ("mina", "nuri", "idris")] == [404] * 3


def test_the_page_of_an_item_costs_the_same_however_often_it_is_cited(cast, section, signed_in, statements):
    item = library.item(cast.dana, content=b"%PDF-1 first")
    client, seen = signed_in(cast.dana), []
    for place in range(3):
        cite(section, answer=answer(section, LAWS).pk, item=item.pk, by=cast.dana)
        add_version(item, file=SimpleUploadedFile("a.pdf", b"%PDF-1" + bytes([65 + place])), by=cast.dana)
        client.get(f"/library/{item.pk}/")
        with statements() as counted:
            client.get(f"/library/{item.pk}/")
        seen.append(len(counted))

    assert len(set(seen)) == 1
    assert max(seen) <= 8


def test_the_menu_leads_those_to_the_library_who_read_it(cast, signed_in):
    menus = {
        name: '<a href="/library/"' in signed_in(getattr(cast, name)).get("/home/").content.decode()
        for name in ("dana", "jonas", "amina", "mina", "nuri")
    }

    assert menus == {"dana": True, "jonas": True, "amina": True, "mina": False, "nuri": False}


# --- citing ------------------------------------------------------------------------------------


def test_a_law_is_searched_and_cited_and_what_was_typed_before_is_saved(cast, section, signed_in):
    item = library.item(cast.rosa, ACT, number="22")
    library.item(cast.rosa, "Penal Code")
    client, row = signed_in(cast.dana), answer(section, LAWS)
    data = fields(client.get(F1))
    new = next(name for name in data if name.startswith(f"a{row.pk}-") and name.endswith("-title"))

    found = client.post(f"{F1}save/", data | {new: "Civil Code", "then": f"library-{row.pk}"}, follow=True)
    assert found.redirect_chain == [(f"{F1}library/?question={row.pk}", 302)]
    found = client.get(f"{F1}library/?question={row.pk}&q=agencies")
    assert (ACT in text(found), "Penal Code" in text(found)) == (True, False)
    page = client.post(f"{F1}library/", {"question": row.pk, "item": item.pk}, follow=True)

    assert page.redirect_chain == [(f"{F1}#a{row.pk}", 302)]
    assert [(each["title"], each.get("library")) for each in laws(section)] == [("Civil Code", None), (ACT, item.pk)]
    assert f"From the library: {ACT}" in text(page)


def test_a_page_sent_back_keeps_what_it_cites(cast, section, signed_in):
    item = library.item(cast.rosa, ACT)
    cite(section, answer=answer(section, LAWS).pk, item=item.pk, by=cast.dana)
    client = signed_in(cast.dana)
    data = fields(client.get(F1))

    client.post(f"{F1}save/", data | {next(name for name in data if name.endswith("-article")): "4, 11"})

    assert [(each["title"], each["article"], each["library"]) for each in laws(section)] == [(ACT, "4, 11", item.pk)]
    assert Citation.objects.count() == 1


def test_an_entry_emptied_of_its_words_is_taken_off_with_its_citation(cast, section, signed_in):
    cite(section, answer=answer(section, LAWS).pk, item=library.item(cast.rosa, ACT).pk, by=cast.dana)
    client = signed_in(cast.dana)
    data = fields(client.get(F1))

    client.post(f"{F1}save/", data | {next(name for name in data if name.endswith("-title")): ""})

    assert (laws(section), Citation.objects.count()) == ([], 0)


def test_an_item_of_another_state_in_the_form_is_refused_with_a_sentence(cast, section, signed_in):
    theirs = library.item(cast.idris, "Law of Qamar")
    client, row = signed_in(cast.dana), answer(section, LAWS)
    data = fields(client.get(F1)) | {f"a{row.pk}-k1-title": "Mine", f"a{row.pk}-k1-library": str(theirs.pk)}

    page = client.post(f"{F1}save/", data)

    assert page.status_code == 409
    assert "The page named an item that is not in your State’s library." in text(page)
    assert (laws(section), Citation.objects.count()) == ([], 0)
    assert client.post(f"{F1}library/", {"question": row.pk, "item": theirs.pk}).status_code == 404


def test_what_changed_expired_or_was_withdrawn_is_marked_where_it_is_cited(cast, section, signed_in):
    row = answer(section, LAWS)
    changed, expired, gone = (library.item(cast.rosa, title) for title in ("Changed", "Expired", "Gone"))
    for item in (changed, expired, gone):
        cite(section, answer=row.pk, item=item.pk, by=cast.dana)
    add_version(changed, file=SimpleUploadedFile("a.pdf", b"%PDF-1"), by=cast.rosa)
    edit_item(
        expired,
        ItemFacts(kind="law", title="Expired", valid_until=datetime.date(2024, 3, 31), is_public=False),
        revision=1,
        by=cast.rosa,
    )
    withdraw_item(gone, reason="Repealed.", by=cast.rosa)

    for by, address in ((cast.dana, F1), (cast.amina, F1), (cast.amina, f"{F1}read/")):
        said = text(signed_in(by).get(address))
        assert re.search(r"Changed Changed in the library", said), address
        assert ("It now says: a newer file" in said) == (by == cast.dana), address
        assert re.search(r"Expired Expired on 31 March 2024 Internal", said), address
        assert re.search(r"Gone Withdrawn", said), address


def test_the_checks_name_what_is_to_be_looked_at_before_the_report_goes_out(cast, section, signed_in):
    row = answer(section, LAWS)
    fine, internal, gone = (library.item(cast.rosa, title) for title in ("Fine Act", "Internal audit", "Gone Act"))
    address = "/reports/cmw-3-periodic/check/"
    for item in (fine, internal, gone):
        cite(section, answer=row.pk, item=item.pk, by=cast.dana)
    assert "What is cited from the library stands there as it is cited." in text(signed_in(cast.amina).get(address))
    edit_item(internal, ItemFacts(kind="law", title=internal.title, is_public=False), revision=1, by=cast.rosa)
    withdraw_item(gone, reason="Repealed.", by=cast.rosa)

    said = text(signed_in(cast.amina).get(address))

    assert "2 entries cite what is internal, was withdrawn, has expired or changed since." in said
    assert "question 4: Internal audit (Internal)" in said
    assert "question 4: Gone Act (Withdrawn)" in said
    assert "Fine Act" not in said


def test_what_is_cited_costs_the_page_of_a_section_one_statement(cast, section, signed_in, statements):
    client, row = signed_in(cast.dana), answer(section, LAWS)

    def cost() -> int:
        client.get(F1)
        with statements() as seen:
            client.get(F1)
        return len(seen)

    without = cost()
    costs = []
    for place in range(3):
        cite(section, answer=row.pk, item=library.item(cast.rosa, f"Act {place}").pk, by=cast.dana)
        costs.append(cost())

    assert costs == [without + 1] * 3
    assert costs[0] <= 14


@pytest.mark.parametrize("question", ["nothing", "1", "99999999999999999999"])
def test_the_library_is_not_opened_for_a_question_that_takes_no_laws(cast, section, signed_in, question):
    pk = answer(section).pk if question == "1" else question

    assert signed_in(cast.dana).get(f"{F1}library/?question={pk}").status_code == 404


# --- beside an entry -----------------------------------------------------------------------------


def press(client, button: str, **changed):
    """The form of the section as it stands, sent with one of its buttons."""
    page = client.get(F1)
    assert f'value="{button}"' in page.content.decode()
    return client.post(f"{F1}save/", fields(page) | changed | {"then": button}, follow=True)


def test_what_changed_is_taken_over_with_what_was_typed_beside_it(cast, section, signed_in):
    row, item = answer(section, LAWS), library.item(cast.rosa, ACT)
    key = cite(section, answer=row.pk, item=item.pk, by=cast.dana)
    edit_item(item, ItemFacts(kind="law", title="Foreign Employment Code"), revision=1, by=cast.rosa)

    shown = text(signed_in(cast.dana).get(F1))
    assert "It now says: Foreign Employment Code Take over the change" in shown

    page = press(signed_in(cast.dana), f"take-{row.pk}-{key}", **{f"a{row.pk}-{key}-article": "12"})

    assert page.redirect_chain == [(f"{F1}#a{row.pk}", 302)]
    assert [(each["title"], each["article"]) for each in laws(section)] == [("Foreign Employment Code", "12")]
    assert "The entry says what the library says now." in page.content.decode()
    assert "Changed in the library" not in text(page)


def test_an_entry_is_left_as_it_is(cast, section, signed_in):
    row, item = answer(section, LAWS), library.item(cast.rosa, ACT)
    key = cite(section, answer=row.pk, item=item.pk, by=cast.dana)
    edit_item(item, ItemFacts(kind="law", title="Foreign Employment Code"), revision=1, by=cast.rosa)

    page = press(signed_in(cast.dana), f"stand-{row.pk}-{key}")

    assert [each["title"] for each in laws(section)] == [ACT]
    assert "Changed in the library" not in text(page)


def test_a_typed_entry_is_kept_in_the_library(cast, section, signed_in):
    row = answer(section, LAWS)
    writing.write(section, LAWS, by=cast.dana, content={"references": [{"key": "k1", "title": ACT, "number": "22"}]})

    page = press(signed_in(cast.dana), f"keep-{row.pk}-k1")

    item = LibraryItem.objects.get()
    assert (item.title, item.number, item.body) == (ACT, "22", cast.health)
    assert f"From the library: {ACT}" in text(page)
    assert f"keep-{row.pk}-k1" not in page.content.decode()


def test_why_an_entry_cannot_be_kept_stands_on_the_page(cast, section, signed_in):
    library.item(cast.rosa, ACT)
    row = answer(section, LAWS)
    writing.write(section, LAWS, by=cast.dana, content={"references": [{"key": "k1", "title": ACT}]})

    page = press(signed_in(cast.dana), f"keep-{row.pk}-k1")

    assert page.status_code == 409
    assert f"The library has “{ACT}” already." in text(page)


def test_a_file_of_the_library_is_cited_and_fetched_by_whoever_reads_the_section(cast, section, signed_in):
    item, row = library.item(cast.rosa, "Study", content=b"%PDF-1 study"), answer(section, FILES)
    client = signed_in(cast.dana)
    assert "Study" in text(client.get(f"{F1}library/?question={row.pk}"))

    page = client.post(f"{F1}library/", {"question": row.pk, "item": item.pk}, follow=True)

    assert "From the library: Study" in text(page)
    at = f"{F1}files/{row.attachments.get().pk}/"
    for by in (cast.jonas, cast.amina):
        assert b"".join(signed_in(by).get(at).streaming_content) == b"%PDF-1 study"
    assert signed_in(cast.rosa).get(at).status_code in {403, 404}
    assert client.post(f"{F1}library/", {"question": row.pk, "item": item.pk}).status_code == 409


@pytest.mark.parametrize("button", ["take-0-k1", "stand-x-k1", "keep-99999999999999999999-k1", "take", "keep-"])
def test_a_button_that_nobody_was_shown_does_nothing(cast, section, signed_in, button):
    client = signed_in(cast.dana)

    page = client.post(f"{F1}save/", fields(client.get(F1)) | {"then": button})

    assert page.status_code in {302, 404}
    assert not LibraryItem.objects.exists()
