"""Addresses of the library."""

from django.urls import path

from reporting.reports.views import library

urlpatterns = [
    path("library/", library.index, name="library"),
    path("library/new/", library.new, name="library_new"),
    path("library/<int:pk>/", library.show, name="library_item"),
    path("library/<int:pk>/edit/", library.edit, name="library_edit"),
    path("library/<int:pk>/versions/", library.add_version, name="library_version"),
    path("library/<int:pk>/versions/<int:number>/", library.fetch, name="library_file"),
    path("library/<int:pk>/withdraw/", library.withdraw, name="library_withdraw"),
    path("library/<int:pk>/restore/", library.restore, name="library_restore"),
]
