"""The schemas of what leaves as JSON, for anybody: whoever receives a file can hold it against them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exports import schemas


@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponse:
    if name not in schemas.SCHEMAS:
        raise Http404
    response = HttpResponse(schemas.written(name), content_type="application/schema+json")
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response
