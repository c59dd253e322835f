"""Requirements that the moves of several rooms share."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.acts import Attempt, asked_in_form


@asked_in_form
def reason_given(subject: Any, attempt: Attempt) -> str | None:
    return None if attempt.reason.strip() else _("Give the reason: the people concerned will read it.")


reason_given.asks_reason = True  # type: ignore[attr-defined]
