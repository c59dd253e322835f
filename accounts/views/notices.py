"""What changed for me."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import notifications as notices
from accounts.models import Notification
from accounts.presenters.paging import paged
from accounts.services.notices import mark_read


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        mark_read(request.user)  # type: ignore[arg-type]
        return redirect("notifications")
    pages = paged(request, Notification.objects.filter(recipient_id=request.user.pk))
    rows = list(pages["page_obj"])
    seen = notices.seen_by(request.user, rows)  # type: ignore[arg-type]
    hidden = [row.pk for row in rows if row not in seen and row.read_at is None]
    if hidden:  # what may no longer be seen does not count as unread either
        mark_read(request.user, only=hidden)  # type: ignore[arg-type]
    sentences = zip(seen, notices.sentences_of(seen), strict=True)
    lines = [{"row": row, "sentence": sentence} for row, sentence in sentences]
    has_unread = any(row.read_at is None for row in seen)
    return render(request, "accounts/notifications.html", {**pages, "lines": lines, "has_unread": has_unread})


@require_safe
@login_required
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the subject of a notice, which is read by that."""
    row = get_object_or_404(Notification, pk=pk, recipient_id=request.user.pk)
    if not notices.seen_by(request.user, [row]):  # type: ignore[arg-type]
        raise Http404
    mark_read(request.user, only=[row.pk])  # type: ignore[arg-type]
    return redirect(notices.address_of(row))
