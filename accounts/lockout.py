"""What failures are counted against."""

from typing import Any

from django.http import HttpRequest


def username(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """The address somebody tried to sign in with; without it axes counts nothing and lets the right password in."""
    known = credentials or {}
    tried = known.get("username") or known.get("email") or known.get("login") or (request and request.POST.get("login"))
    return str(tried).strip().lower() if tried else None
