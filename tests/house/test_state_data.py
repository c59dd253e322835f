"""Every table of a State's data has its State, and one door."""

from django.apps import apps
from django.db import models

from accounts.models import StateOwned
from accounts.querysets import StateQuerySet

# Rows that belong to a person, to an agency, to the installation, or to several States, by design.
SHARED = {
    "accounts.stateparty",
    "accounts.agency",
    "accounts.agencyposting",
    "accounts.user",
    "accounts.rolegroup",
    "accounts.invitation",
    "accounts.job",
    "accounts.notification",
    "accounts.historychain",
    "accounts.historyentry",
}
REFERENCE = {"instruments", "questionnaires"}


def ours() -> list[type[models.Model]]:
    labels = {"accounts", "instruments", "cycles", "questionnaires", "reports", "assistance", "exports"}
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in labels
        and not model._meta.auto_created
        and not model.__name__.startswith("Historical")
        and not model.__name__.endswith("Grant")
    ]


def test_every_model_of_a_states_data_has_a_state_and_the_one_door():
    wrong = [
        model._meta.label
        for model in ours()
        if model._meta.label_lower not in SHARED
        and model._meta.app_label not in REFERENCE
        and not (issubclass(model, StateOwned) and isinstance(model._default_manager.all(), StateQuerySet))
    ]

    assert wrong == []


def test_reference_data_of_a_state_is_owned_by_it():
    owned = {model._meta.label for model in ours() if issubclass(model, StateOwned)}

    assert {"instruments.Ratification", "instruments.Reservation"} <= owned
