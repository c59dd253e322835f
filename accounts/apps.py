from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who: State parties, bodies, agencies, people, roles, sign-in."""

    name = "accounts"
