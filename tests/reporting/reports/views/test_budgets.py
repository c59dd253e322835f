"""A save costs at most twelve statements, the page of a section fourteen, whoever comes, however much there is."""

from itertools import count
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.choices import Role
from reporting.questionnaires.choices import QuestionKind
from reporting.reports.choices import Audience, Why
from reporting.reports.models import AnswerVersion, Comment, Paragraph, ReportSection
from reporting.reports.services.answer import AnswerEdit, save_answers
from tests import factories
from tests.reporting.reports import writing
from tests.reporting.reports.writing import answer, piece

pytestmark = pytest.mark.django_db

SAVE, PAGE = 12, 14
SIZES = [1, 3, 300]
# Dana drafts for the lead, Jonas is its focal point, Selma's body is asked, Amina edits while she reviews.
PEOPLE = ["dana", "jonas", "selma", "amina"]
NARRATIVE = (QuestionKind.NARRATIVE, "Who may recruit?", False, {})


@pytest.fixture
def large(cast):
    """``large(300)``: that many questions, and of the first that many paragraphs, versions, comments and files."""

    number = count(1)

    def build(size: int, questions=()) -> ReportSection:
        place = next(number)
        made = writing.questionnaire(prefix=f"Q{place}", questions=[NARRATIVE] * size + list(questions))
        factories.member(f"Member {place}", cast.health, Role.FOCAL_POINT)
        return writing.section(writing.report(cast, number=place, made=made))

    office = writing.statistics_office(cast)
    cast.selma, cast.office = office.selma, office.body
    return build


def address(section) -> str:
    return f"/reports/{section.report.slug}/sections/f1/"


def written(cast, section, size: int) -> None:
    """The first question answered, its history and what was said of it."""
    writing.write(section, 1, *[f"Paragraph {number}." for number in range(size)], by=cast.dana)
    row = answer(section)
    about = {"state_party": cast.arcadia, "answer": row, "by": cast.dana, "at": timezone.now()}
    AnswerVersion.objects.bulk_create(
        AnswerVersion(**about, number=number, by_name="Dana", order=[], sha256="0" * 64)
        for number in range(2, size + 1)
    )
    type(row).objects.filter(pk=row.pk).update(version=size)
    Comment.objects.bulk_create(
        Comment(**about, section=section, body=cast.health, audience=Audience.SECTION, text=f"Comment {number}.")
        for number in range(size)
    )


def asked(cast, section, name: str) -> SimpleNamespace:
    """Whoever it is may write now."""
    if name == "selma":
        writing.ask(section, cast.office, *range(1, section.answers.count() + 1), by=cast.amina)
    if name == "amina":
        ReportSection.objects.filter(pk=section.pk).update(status="in_review")
    return getattr(cast, name)


def form(section, name: str) -> dict[str, str]:
    """What the page sends of every question as it stands."""
    data = {"why": Why.EDITORIAL} if name == "amina" else {}
    for row in section.answers.prefetch_related("paragraphs").select_related("question"):
        if name == "amina" and row.question.kind not in {"narrative", "choice"}:
            continue
        data[f"a{row.pk}_version"] = str(row.version)
        data |= {f"a{row.pk}_p_{each.key}": each.text for each in row.paragraphs.all()}
        if name != "amina":
            data[f"a{row.pk}_disposition"] = ""
    return data


def reasons(page) -> list[str]:
    return [page.context["refusal"], *page.context["missing"]]


def cost(client, section, data, statements) -> int:
    with statements() as seen:
        page = client.post(f"{address(section)}save/", data)
    assert page.status_code == 302, reasons(page)
    assert len(seen) <= SAVE, "\n".join(each[:110] for each in seen)
    return len(seen)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_save_costs_the_same_however_much_there_is(cast, large, signed_in, statements, name):
    found = []
    for size in SIZES:
        section = large(size)
        written(cast, section, size)
        client = signed_in(asked(cast, section, name))
        data = form(section, name)
        row = answer(section)
        first, *rest = Paragraph.objects.filter(answer=row).order_by("position")
        data |= {f"a{row.pk}_p_{each.key}": f"{each.text} Changed." for each in [first, *rest]}
        data |= {f"a{row.pk}_p_{piece('').key}": f"New {number}." for number in range(size)}

        found.append(cost(client, section, data, statements))

        assert Paragraph.objects.filter(answer=row).count() == 2 * size
    assert len(set(found)) == 1


@pytest.mark.parametrize("name", ["dana", "jonas", "selma"])
def test_the_save_that_starts_a_section_costs_the_same(cast, large, signed_in, statements, name):
    found = []
    for size in SIZES:
        section = large(size)
        client = signed_in(asked(cast, section, name))
        data = form(section, name)
        data |= {f"a{row.pk}_p_{piece('').key}": "Text." for row in section.answers.all()}

        found.append(cost(client, section, data, statements))

        assert ReportSection.objects.get(pk=section.pk).status == "drafting"
        assert Paragraph.objects.filter(answer__section=section).count() == size
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("name", "merged", "removed"),
    [("dana", True, True), ("selma", True, True), ("amina", True, False), ("amina", False, True)],
)
def test_a_save_that_is_merged_or_takes_out_costs_the_same(cast, large, signed_in, statements, name, merged, removed):
    found = []
    for size in [1, 3, 100]:
        section = large(1)
        writing.write(section, 1, *[f"Paragraph {number}." for number in range(2 * size)], by=cast.dana)
        client, row = signed_in(asked(cast, section, name)), answer(section)
        data = form(section, name)
        kept = list(Paragraph.objects.filter(answer=row).order_by("position"))
        if merged:
            by, why = (cast.wen, Why.EDITORIAL) if name == "amina" else (cast.jonas, Why.DRAFT)
            pieces = [*(piece(each.text, str(each.key)) for each in kept), piece("By another.")]
            save_answers(section, [AnswerEdit(row.pk, 1, paragraphs=pieces)], by=by, why=why)
        data |= {f"a{row.pk}_p_{each.key}": "" if removed else f"{each.text} Mine." for each in kept[:size]}

        found.append(cost(client, section, data, statements))

        assert Paragraph.objects.filter(answer=row).count() == 2 * size + merged - removed * size
    assert len(set(found)) == 1


@pytest.mark.parametrize("name", ["dana", "selma"])
@pytest.mark.parametrize("size", SIZES)
def test_a_save_of_every_kind_of_question_costs_the_same(cast, large, signed_in, statements, name, size):
    section = large(size, questions=writing.QUESTIONS)
    client = signed_in(asked(cast, section, name))
    data = form(section, name)
    rows = {row.question.kind: row for row in section.answers.select_related("question").order_by("pk")}
    table = next(row for row in section.answers.select_related("question") if row.question.kind == "table")
    listed = {
        f"a{rows['choice'].pk}-choice": "yes",
        f"a{rows['number'].pk}-value": "7",
        f"a{rows['date'].pk}-date": "2025-01-02",
        f"a{table.pk}-cell-m1/m1/2025": "3",
    }
    for place in range(min(size, 3)):
        listed[f"a{rows['legal_references'].pk}-r{place}-title"] = f"Act {place}"
        listed[f"a{rows['files'].pk}-f{place}-title"] = f"File {place}"
        listed[f"a{rows['files'].pk}-f{place}-file"] = SimpleUploadedFile(f"{place}.pdf", b"%PDF-1.7 " + bytes([place]))

    cost(client, section, {**data, **listed}, statements)

    assert rows["files"].attachments.count() == min(size, 3)
    changed = section.answers.filter(version=1).values_list("question__kind", flat=True)
    assert set(changed) == {"choice", "number", "date", "table", "legal_references", "files"}


@pytest.mark.parametrize("size", [1, 3])
def test_taking_files_off_and_renaming_them_costs_the_same(cast, large, signed_in, statements, size):
    section = large(1, questions=writing.QUESTIONS)
    client, data = signed_in(cast.dana), form(section, "dana")
    row = section.answers.get(question__kind="files")
    for place in range(2 * size):
        data[f"a{row.pk}-f{place}-title"] = ""
        data[f"a{row.pk}-f{place}-file"] = SimpleUploadedFile(f"{place}.pdf", b"%PDF-1.7 " + bytes([place]))
    cost(client, section, data, statements)
    kept = {f"a{row.pk}_version": "1", f"a{row.pk}_disposition": ""}
    for place, file in enumerate(row.attachments.order_by("pk")[:size]):
        kept |= {f"a{row.pk}-f{place}-title": "Renamed", f"a{row.pk}-f{place}-attachment": str(file.pk)}

    cost(client, section, kept, statements)

    stays = [each.title for each in row.attachments.filter(removed_at=None)]
    assert (stays, row.attachments.exclude(removed_at=None).count()) == (["Renamed"] * size, size)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_page_of_a_section_costs_the_same_however_much_there_is(cast, large, signed_in, statements, name):
    found = []
    for size in SIZES:
        section = large(size)
        written(cast, section, size)
        client = signed_in(asked(cast, section, name))
        client.get(address(section))
        with statements() as seen:
            page = client.get(address(section))

        assert page.status_code == 200
        assert len(seen) <= PAGE, "\n".join(each[:110] for each in seen)
        found.append(len(seen))
    assert len(set(found)) == 1
