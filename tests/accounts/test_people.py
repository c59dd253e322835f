"""Bodies, roles and leaving: who may, what follows, what is recorded."""

import pytest

from accounts import people as registry
from accounts import permissions
from accounts.choices import BodyKind, Role
from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry, Membership
from accounts.services import bodies, people
from reporting.questionnaires import vocabulary
from tests import factories


@pytest.fixture
def admin(cast):
    return factories.person("Ada", state=cast.arcadia, is_administrator=True)


def acts(user) -> list[str]:
    return list(
        HistoryEntry.objects.filter(subject_type="accounts.user", subject_id=str(user.pk))
        .order_by("id")
        .values_list("act", flat=True)
    )


def test_a_role_in_a_body_puts_a_person_in_its_group_and_in_the_record(cast, admin):
    people.join(cast.rosa, cast.health, role=Role.DRAFTER, by=admin)

    groups = set(cast.rosa.groups.values_list("role_group__body__slug", "role_group__role"))
    assert groups == {("justice", "focal_point"), ("health", "drafter")}
    assert acts(cast.rosa) == ["person.create", "person.join", "person.join"]


def test_leaving_a_body_ends_the_group_too(cast, admin):
    people.leave(cast.dana.memberships.get(), by=admin)

    assert list(cast.dana.groups.all()) == []
    assert acts(cast.dana)[-1] == "person.leave"


@pytest.mark.parametrize(
    ("slug", "role"), [("mission", Role.DRAFTER), ("health", Role.MISSION), ("nhri", Role.COORDINATOR)]
)
def test_a_role_must_make_sense_in_the_kind_of_body(cast, admin, slug, role):
    with pytest.raises(Refused) as refused:
        people.join(cast.dana, getattr(cast, slug), role=role, by=admin)

    assert refused.value.denial is Denial.STATE


def test_a_coordinator_needs_a_body_marked_as_coordinating(cast, admin):
    with pytest.raises(Refused, match="not marked as coordinating"):
        people.join(cast.dana, cast.health, role=Role.COORDINATOR, by=admin)


def test_nobody_joins_a_body_of_another_state(cast):
    with pytest.raises(Refused, match="another State"):
        people.join(cast.dana, cast.qamar_mechanism, role=Role.DRAFTER, by=None)


@pytest.mark.parametrize("name", ["dana", "jonas", "amina", "idris", "nuri"])
def test_only_the_administrator_gives_roles(cast, name):
    with pytest.raises(Refused):
        people.join(cast.rosa, cast.health, role=Role.DRAFTER, by=getattr(cast, name))

    assert not Membership.objects.filter(user=cast.rosa, body=cast.health).exists()


def test_an_administrator_does_not_change_the_own_roles(cast, admin):
    with pytest.raises(Refused):
        people.join(admin, cast.mechanism, role=Role.COORDINATOR, by=admin)


def test_an_administrator_has_no_hand_in_another_state(cast, admin):
    with pytest.raises(Refused) as refused:
        people.deactivate(cast.idris, by=admin)

    assert refused.value.denial is Denial.HIDDEN


def test_deactivating_hands_the_work_over_in_the_same_step(cast, admin, monkeypatch):
    handed = []
    monkeypatch.setattr(registry, "on_handover", [lambda *told: handed.append(told)])

    people.deactivate(cast.dana, by=admin, hand_over_to=cast.jonas)

    cast.dana.refresh_from_db()
    assert handed == [(cast.dana, cast.jonas, admin)]
    assert not cast.dana.is_active


def test_a_handover_that_fails_leaves_the_account_open(cast, admin, monkeypatch):
    def fails(*_told):
        raise Refused("The work cannot be handed over.")

    monkeypatch.setattr(registry, "on_handover", [fails])
    with pytest.raises(Refused):
        people.deactivate(cast.dana, by=admin)

    cast.dana.refresh_from_db()
    assert cast.dana.is_active


def test_work_is_handed_over_within_the_state_alone(cast, admin):
    with pytest.raises(Refused, match="same State"):
        people.deactivate(cast.dana, by=admin, hand_over_to=cast.idris)


def test_a_focal_point_deactivates_drafters_of_the_own_body_alone(cast):
    people.deactivate(cast.dana, by=cast.jonas)

    cast.dana.refresh_from_db()
    assert not cast.dana.is_active
    for other in (cast.rosa, cast.amina):
        with pytest.raises(Refused):
            people.deactivate(other, by=cast.jonas)


def test_a_focal_point_does_not_deactivate_a_drafter_who_works_elsewhere_too(cast):
    people.join(cast.dana, cast.justice, role=Role.DRAFTER, by=None)

    with pytest.raises(Refused):
        people.deactivate(cast.dana, by=cast.jonas)


def test_a_deactivated_person_is_signed_out_everywhere(cast, admin, signed_in):
    browser = signed_in(cast.dana)
    assert browser.get("/account/me/").status_code == 200

    people.deactivate(cast.dana, by=admin)

    assert browser.get("/account/me/").status_code == 302


def test_roles_in_a_body_that_is_not_active_give_nothing(cast, admin):
    bodies.change_body(
        cast.health, name="Health", kind="ministry", coordinates=False, is_active=False, remits=[], by=admin
    )

    assert permissions.person(cast.jonas).memberships == ()


def test_a_body_is_offered_every_field_of_work_that_questionnaires_propose_leads_by(cast, admin, signed_in):
    page = signed_in(admin).get(f"/settings/bodies/{cast.health.slug}/")

    offered = dict(page.context["change_form"].fields["remits"].choices)
    assert set(vocabulary.codes("leads")) <= set(offered)
    assert "Ministry of housing" in page.content.decode()


def test_a_body_does_not_lose_its_mark_under_its_coordinators(cast, admin):
    with pytest.raises(Refused, match="Take the role back first"):
        bodies.change_body(
            cast.mechanism,
            name="Mechanism",
            kind=BodyKind.MECHANISM,
            coordinates=False,
            is_active=True,
            remits=[],
            by=admin,
        )


def test_other_rooms_hear_of_each_change_of_a_body(cast, admin, monkeypatch):
    heard = []
    monkeypatch.setattr(registry, "on_body_change", [heard.append])

    membership = people.join(cast.rosa, cast.health, role=Role.DRAFTER, by=admin)
    people.leave(membership, by=admin)

    assert heard == [cast.health, cast.health]


def test_a_new_level_takes_the_place_of_the_old(db):
    ilo = factories.agency()
    chief = factories.person("Otto", agency=ilo, is_administrator=True)
    officer = factories.officer("Ines", ilo, level="desk")

    people.post(officer, ilo, level="head", by=chief)

    assert list(officer.groups.values_list("role_group__level", flat=True)) == ["head"]
