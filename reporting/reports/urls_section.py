"""Addresses under /reports/<report>/sections/<n>/."""

from django.urls import URLPattern, path

from reporting.reports.views import (
    answer,
    attachment,
    changes,
    citing,
    comment,
    contribution,
    edits,
    history,
    section,
    sources,
)

_ROOT = "reports/<slug:report>/sections/<slug:n>/"

urlpatterns: list[URLPattern] = [
    path(_ROOT, section.show, name="report_section"),
    path(f"{_ROOT}save/", answer.save, name="section_save"),
    path(f"{_ROOT}changes/", changes.changes, name="section_changes"),
    path(f"{_ROOT}presence/", changes.presence, name="section_presence"),
    path(f"{_ROOT}conflict/", answer.resolve, name="section_conflict"),
    path(f"{_ROOT}read/", section.read, name="section_read"),
    path(f"{_ROOT}last/", sources.last, name="section_last"),
    path(f"{_ROOT}elsewhere/", sources.elsewhere, name="section_elsewhere"),
    path(f"{_ROOT}copy/", sources.copy, name="section_copy"),
    path(f"{_ROOT}sources/<uuid:key>/", sources.source, name="section_source"),
    path(f"{_ROOT}review/", section.review, name="section_review"),
    path(f"{_ROOT}sent/", section.done, name="section_sent"),
    path(f"{_ROOT}move/<slug:move>/", section.move, name="section_move"),
    path(f"{_ROOT}mark/<int:answer>/", section.mark, name="section_mark"),
    path(f"{_ROOT}drafters/", section.named, name="section_drafters"),
    path(f"{_ROOT}questions/", section.questions, name="section_questions"),
    path(f"{_ROOT}comments/", comment.index, name="section_comments"),
    path(f"{_ROOT}comments/add/", comment.add, name="comment_add"),
    path(f"{_ROOT}comments/<int:pk>/resolve/", comment.resolve, name="comment_resolve"),
    path(f"{_ROOT}comments/<int:pk>/reopen/", comment.reopen, name="comment_reopen"),
    path(f"{_ROOT}comments/<int:pk>/accept/", comment.accept, name="suggestion_accept"),
    path(f"{_ROOT}comments/<int:pk>/decline/", comment.decline, name="suggestion_decline"),
    path(f"{_ROOT}comments/<int:pk>/withdraw/", comment.withdraw, name="comment_withdraw"),
    path(f"{_ROOT}contributions/", contribution.index, name="section_contributions"),
    path(f"{_ROOT}contributions/<int:pk>/<slug:move>/", contribution.move, name="contribution_move"),
    path(f"{_ROOT}history/", history.index, name="section_history"),
    path(f"{_ROOT}history/<int:a>/<int:b>/", history.compare, name="section_compare"),
    path(f"{_ROOT}history/<int:a>/restore/", history.restore, name="section_restore"),
    path(f"{_ROOT}history/<int:a>/name/", history.name, name="version_name"),
    path(f"{_ROOT}history/paragraphs/", history.authors, name="section_authors"),
    path(f"{_ROOT}history/paragraphs/<uuid:key>/", history.paragraph, name="section_paragraph"),
    path(f"{_ROOT}edits/", edits.index, name="section_edits"),
    path(f"{_ROOT}library/", citing.search, name="section_library"),
    path(f"{_ROOT}files/", attachment.index, name="section_files"),
    path(f"{_ROOT}files/<int:pk>/", attachment.fetch, name="attachment"),
    path(f"{_ROOT}files/<int:pk>/<slug:act>/", attachment.change, name="attachment_change"),
]
