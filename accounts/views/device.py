"""The key under which a browser keeps what it could not save yet."""

import base64

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.services.own import device_key


@never_cache
@require_GET
def device(request: HttpRequest) -> JsonResponse:
    """To a signed-in session alone: {"for": account, "key": 32 bytes in base64, "token": against forged requests}."""
    if not request.user.is_authenticated:
        return JsonResponse({"login": reverse("account_login")}, status=401)
    key = base64.b64encode(device_key(request.user)).decode()  # type: ignore[arg-type]
    return JsonResponse({"for": request.user.pk, "key": key, "token": get_token(request)})
