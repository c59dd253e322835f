"""What a person changes of the own account."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts import history
from accounts.models import User


@transaction.atomic
def change_account(user: User, *, name: str, position: str, language: str) -> User:
    """Change one's own name, position and language of the interface."""
    row = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    before = {"name": row.name, "position": row.position, "language": row.language}
    row.name, row.position, row.language = name, position, language
    row.save(update_fields=["name", "position", "language"])
    history.record("account.change", by=row, chain=history.chain_of_person(row), before=before)
    return row


def choose_language(user: User, language: str) -> None:
    """Remember the language of the interface, so that it is the same on every device."""
    row = User.objects.get(pk=user.pk)
    row.language = language
    row.save(update_fields=["language"])


def device_key(user: User) -> bytes:
    """The 32 bytes under which this person's browsers encrypt what they keep; another secret key makes another one."""
    return salted_hmac("accounts.device_key", str(user.pk), algorithm="sha256").digest()
