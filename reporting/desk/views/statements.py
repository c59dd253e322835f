"""What anybody may read of the product itself, signed in or not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages are made accessible, how that is checked, and what is known not to be."""
    return render(request, "desk/accessibility.html")
