"""What every page is given."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Where one is and where one can go: ``place``, ``navigation``."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"place": "", "navigation": []}
    return {"place": str(user.state_party or user.agency or ""), "navigation": []}
