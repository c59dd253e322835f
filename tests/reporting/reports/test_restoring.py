"""Paragraphs of an earlier version are put back as a new version; nothing that came between is lost."""

import uuid

import pytest

from accounts.exceptions import Refused
from reporting.reports.choices import Why
from reporting.reports.models import AnswerVersion, Paragraph
from reporting.reports.services.answer import save_answer
from reporting.reports.services.restoring import restore_version
from reporting.text.pieces import Piece
from tests.reporting.reports import writing
from tests.reporting.reports.writing import answer

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (str(uuid.UUID(int=number)) for number in (1, 2, 3))
F1 = "/reports/cmw-3-periodic/sections/f1/"


@pytest.fixture
def section(cast):
    """Two versions of the first question: one paragraph was changed, one taken out, one added."""
    made = writing.section(writing.report(cast))
    put(made, cast.dana, {ONE: "One.", TWO: "Two."})
    put(made, cast.dana, {ONE: "One, changed.", THREE: "Three."})
    return made


def put(section, by, texts):
    row = answer(section)
    row.section = section
    save_answer(row, by=by, base_version=row.version, paragraphs=[Piece(key, text) for key, text in texts.items()])


def texts(section):
    return list(Paragraph.objects.filter(answer=answer(section)).order_by("position").values_list("text", flat=True))


def version(section, number):
    return AnswerVersion.objects.get(answer=answer(section), number=number)


def test_all_paragraphs_of_a_version_are_restored_as_a_new_one(cast, section):
    assert restore_version(section, version=version(section, 1).pk, since=2, by=cast.dana)

    assert texts(section) == ["One.", "Two."]
    last = version(section, 3)
    assert (last.why, last.by) == (Why.RESTORED, cast.dana)
    assert version(section, 2).paragraphs.count() == 3


@pytest.mark.parametrize(
    ("key", "stands"),
    [(ONE, ["One.", "Three."]), (TWO, ["One, changed.", "Two.", "Three."])],
    ids=["changed", "taken out"],
)
def test_one_paragraph_is_restored_and_the_others_stay(cast, section, key, stands):
    restore_version(section, version=version(section, 1).pk, since=2, by=cast.dana, key=key)

    assert texts(section) == stands


def test_what_somebody_wrote_meanwhile_elsewhere_stays(cast, section):
    put(section, cast.jonas, {ONE: "One, changed.", THREE: "Three, changed."})

    restore_version(section, version=version(section, 1).pk, since=2, by=cast.dana, key=ONE)

    assert texts(section) == ["One.", "Three, changed."]


def test_a_paragraph_that_somebody_changed_meanwhile_is_not_overwritten(cast, section):
    put(section, cast.jonas, {ONE: "Another.", THREE: "Three."})

    with pytest.raises(Refused):
        restore_version(section, version=version(section, 1).pk, since=2, by=cast.dana, key=ONE)

    assert texts(section) == ["Another.", "Three."]
    assert answer(section).version == 3


def test_what_stands_already_makes_no_version(cast, section):
    assert not restore_version(section, version=version(section, 2).pk, since=2, by=cast.dana)

    assert answer(section).version == 2


def test_who_may_not_change_the_answer_restores_nothing_of_it(cast, section):
    with pytest.raises(Refused):
        restore_version(section, version=version(section, 1).pk, since=2, by=cast.amina)

    assert texts(section) == ["One, changed.", "Three."]


def test_old_and_new_offer_to_restore_to_those_who_may(cast, section, signed_in):
    old, new = version(section, 1), version(section, 2)
    address = f"{F1}history/{old.pk}/{new.pk}/"

    html = signed_in(cast.dana).get(address).content.decode()
    assert html.count(f"history/{old.pk}/restore/") == 3  # one changed, one taken out, all
    client = signed_in(cast.dana)
    reply = client.post(f"{F1}history/{old.pk}/restore/", {"since": "2", "paragraph": TWO})

    assert reply.status_code == 302
    assert texts(section) == ["One, changed.", "Two.", "Three."]
    assert "/restore/" not in signed_in(cast.amina).get(address).content.decode()
