"""The pages of administrators and focal points."""

import pytest

from accounts.choices import Role
from accounts.models import Body, Invitation
from accounts.services import people
from tests import factories


@pytest.fixture
def world(cast):
    cast.ada = factories.person("Ada", state=cast.arcadia, is_administrator=True)
    cast.qadir = factories.person("Qadir", state=cast.qamar, is_administrator=True)
    cast.ilo = factories.agency()
    cast.otto = factories.person("Otto", agency=cast.ilo, is_administrator=True)
    cast.ines = factories.officer("Ines", cast.ilo)
    return cast


PAGES = {
    # page -> who may see it (the cast is asked in full)
    "/settings/people/": {"ada", "qadir"},
    "/settings/people/invite/": {"ada", "qadir"},
    "/settings/bodies/": {"ada", "qadir"},
    "/settings/bodies/health/": {"ada", "jonas"},
    "/settings/bodies/justice/": {"ada", "rosa"},
    "/settings/agency/": {"otto"},
    "/settings/history/": {"ada", "qadir", "otto", "amina", "wen", "idris"},
}
EVERYBODY = ["ada", "qadir", "otto", "ines", "amina", "wen", "dana", "jonas", "rosa", "mina", "nuri", "idris"]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_those_who_hold_the_right_and_exists_for_nobody_else(world, signed_in, page):
    seen = {name for name in EVERYBODY if signed_in(getattr(world, name)).get(page).status_code == 200}
    told = {signed_in(getattr(world, name)).get(page).status_code for name in set(EVERYBODY) - PAGES[page]}

    assert seen == PAGES[page]
    assert told == {404}


def test_a_superuser_has_no_such_page(world, signed_in):
    world.ada.is_superuser = True
    world.ada.save()

    assert signed_in(world.ada).get("/settings/people/").status_code == 404


def test_the_settings_lead_each_person_to_the_own_page(world, signed_in):
    led = {name: signed_in(getattr(world, name)).get("/settings/").get("Location") for name in EVERYBODY}

    assert led == {
        "ada": "/settings/people/",
        "qadir": "/settings/people/",
        "otto": "/settings/agency/",
        "amina": "/settings/history/",
        "wen": "/settings/history/",
        "idris": "/settings/history/",
        "jonas": "/settings/bodies/health/",
        "rosa": "/settings/bodies/justice/",
        "ines": None,
        "dana": None,
        "mina": None,
        "nuri": None,
    }


def test_the_list_of_people_names_nobody_of_another_state(world, signed_in):
    page = signed_in(world.ada).get("/settings/people/").content.decode()

    assert "Dana" in page
    assert "Idris" not in page
    assert signed_in(world.ada).get(f"/settings/people/{world.idris.pk}/").status_code == 404


def test_the_page_of_a_person_says_what_each_role_gives(world, signed_in):
    page = signed_in(world.ada).get(f"/settings/people/{world.dana.pk}/").content.decode()

    assert "Writes in the sections and questions given to the body." in page


def test_the_administrator_gives_and_takes_a_role(world, signed_in):
    browser = signed_in(world.ada)

    browser.post(f"/settings/people/{world.rosa.pk}/join/", {"body": world.health.pk, "role": Role.DRAFTER})
    membership = world.rosa.memberships.get(body=world.health)
    browser.post(f"/settings/people/{world.rosa.pk}/leave/", {"membership": membership.pk})

    assert [row.body for row in world.rosa.memberships.all()] == [world.justice]


def test_a_role_that_makes_no_sense_comes_back_as_a_sentence(world, signed_in):
    address = f"/settings/people/{world.dana.pk}/join/"

    page = signed_in(world.ada).post(address, {"body": world.nhri.pk, "role": Role.DRAFTER}, follow=True)

    assert "is no role in a body of the kind" in page.content.decode()


@pytest.mark.parametrize(
    ("act", "fields", "said"),
    [
        ("join", {"body": "", "role": Role.DRAFTER}, "This field is required."),
        ("join", {"body": "canary", "role": Role.DRAFTER}, "That choice is not one of the available choices."),
        ("deactivate", {"hand_over_to": "999999"}, "That choice is not one of the available choices."),
    ],
)
def test_what_is_missing_in_an_act_on_a_person_is_said_beside_its_field(world, signed_in, act, fields, said):
    answer = signed_in(world.ada).post(f"/settings/people/{world.dana.pk}/{act}/", fields)

    world.dana.refresh_from_db()
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert world.dana.is_active
    assert world.dana.memberships.count() == 1


def test_a_level_that_does_not_exist_is_said_beside_its_field(world, signed_in):
    answer = signed_in(world.otto).post(f"/settings/people/{world.ines.pk}/post/", {"level": "chief"})

    assert answer.status_code == 422
    assert "chief is not one of the available choices" in answer.content.decode()


@pytest.mark.parametrize("named", ["abc", "-1", "", "999999999999999999999999"])
def test_a_role_that_is_none_cannot_be_taken_back(world, signed_in, named):
    answer = signed_in(world.ada).post(f"/settings/people/{world.dana.pk}/leave/", {"membership": named})

    assert answer.status_code == 404
    assert world.dana.memberships.count() == 1


def test_a_number_that_no_column_holds_is_answered_with_a_sentence(world, signed_in):
    fields = {"level": "desk", "scope": ["999999999999999999999999"]}
    answer = signed_in(world.otto).post(f"/settings/people/{world.ines.pk}/post/", fields)

    assert answer.status_code == 422
    assert "999999999999999999999999 is not one of the available choices." in answer.content.decode()


@pytest.mark.parametrize("act", ["join", "leave", "administrator", "deactivate", "reactivate"])
@pytest.mark.parametrize("name", ["dana", "rosa", "amina", "qadir", "otto"])
def test_nobody_without_the_right_acts_on_a_person(world, signed_in, name, act):
    membership = world.jonas.memberships.get()
    fields = {"body": world.health.pk, "role": Role.DRAFTER, "membership": membership.pk, "is_administrator": "yes"}

    answer = signed_in(getattr(world, name)).post(f"/settings/people/{world.jonas.pk}/{act}/", fields)

    world.jonas.refresh_from_db()
    assert answer.status_code == 404
    assert (world.jonas.is_active, world.jonas.is_administrator) == (True, False)
    assert world.jonas.memberships.count() == 1


def test_a_focal_point_deactivates_a_drafter_from_the_page(world, signed_in):
    browser = signed_in(world.jonas)
    assert browser.get(f"/settings/people/{world.dana.pk}/").status_code == 200

    browser.post(f"/settings/people/{world.dana.pk}/deactivate/", {"hand_over_to": world.jonas.pk})

    world.dana.refresh_from_db()
    assert not world.dana.is_active


def test_the_administrator_invites_from_the_page_and_sees_the_link_once(world, signed_in):
    browser = signed_in(world.ada)
    fields = {"email": "new@example.org", "body": world.health.pk, "role": Role.FOCAL_POINT}

    page = browser.post("/settings/people/invite/", fields, follow=True)

    assert "/invitation/" in page.content.decode()
    assert "/invitation/" not in browser.get("/settings/people/").content.decode()


def test_a_focal_point_invites_a_drafter_from_the_page_of_the_body(world, signed_in):
    browser = signed_in(world.jonas)

    browser.post(
        "/settings/bodies/health/", {"invite": "yes", "invite-email": "n@example.org", "invite-role": "drafter"}
    )
    wrong = browser.post(
        "/settings/bodies/health/", {"invite": "yes", "invite-email": "m@example.org", "invite-role": "focal_point"}
    )

    assert wrong.status_code == 422
    assert [(row.email, row.role) for row in Invitation.objects.all()] == [("n@example.org", "drafter")]


def test_a_focal_point_does_not_change_the_body(world, signed_in):
    answer = signed_in(world.jonas).post(
        "/settings/bodies/health/", {"change": "yes", "name": "Mine", "kind": "ministry", "is_active": "on"}
    )

    world.health.refresh_from_db()
    assert answer.status_code == 403
    assert world.health.name == "Ministry of Health"


def test_the_administrator_adds_and_changes_a_body(world, signed_in):
    browser = signed_in(world.ada)

    browser.post("/settings/bodies/", {"name": "Ministry of Labour", "slug": "labour", "kind": "ministry"})
    fields = {"change": "yes", "name": "Ministry of Work", "kind": "ministry", "is_active": "on"}
    browser.post("/settings/bodies/labour/", fields)

    assert Body.objects.get(slug="labour").name == "Ministry of Work"


def test_another_states_invitation_is_neither_sent_again_nor_withdrawn(world, signed_in):
    browser = signed_in(world.ada)
    browser.post("/settings/people/invite/", {"email": "new@example.org", "is_administrator": "on"})
    row = Invitation.objects.get()

    assert signed_in(world.qadir).post(f"/settings/invitations/{row.pk}/withdraw/").status_code == 404
    browser.post(f"/settings/invitations/{row.pk}/withdraw/")

    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_the_agencys_administrator_sets_level_and_scope(world, signed_in):
    browser = signed_in(world.otto)
    assert browser.get(f"/settings/people/{world.ines.pk}/").status_code == 200

    browser.post(f"/settings/people/{world.ines.pk}/post/", {"level": "reader", "scope": [world.arcadia.pk]})

    world.ines.posting.refresh_from_db()
    assert (world.ines.posting.level, list(world.ines.posting.scope.all())) == ("reader", [world.arcadia])


@pytest.mark.parametrize("address", ["/settings/people/", "/settings/bodies/", "/settings/bodies/health/"])
def test_the_lists_cost_the_same_for_1_3_and_60_people(world, signed_in, statements, address):
    browser = signed_in(world.ada)
    costs = []
    browser.get(address)
    for number in (1, 3, 60):
        while world.health.memberships.count() < number + 2:
            factories.member(f"Person {world.health.memberships.count()}", world.health)
        with statements() as seen:
            assert browser.get(address).status_code == 200
        costs.append(len(seen))

    assert costs[0] == costs[1] == costs[2]
    assert costs[0] <= 12


def test_every_page_of_the_settings_is_there_in_arabic(world, signed_in):
    for name, page in (("ada", "/settings/people/"), ("otto", "/settings/agency/"), ("amina", "/settings/history/")):
        user = getattr(world, name)
        user.language = "ar"
        user.save()
        assert 'dir="rtl"' in signed_in(user).get(page).content.decode()


def test_catalogue_editors_alone_see_the_reference_data(world, signed_in):
    kit = people.create_person(email="kit@example.org", name="Kit", is_editor=True)
    root = factories.person("Root")
    root.is_superuser = root.is_staff = True
    root.save()

    assert signed_in(kit).get("/catalogue/").status_code == 200
    for user in (root, world.ada, world.amina, world.otto):
        assert signed_in(user).get("/catalogue/").status_code == 404
