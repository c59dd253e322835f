from django.urls import URLPattern, path

from reporting.instruments import views

urlpatterns: list[URLPattern] = [
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/crosswalk/", views.crosswalk, name="crosswalk"),
    path("instruments/themes/<slug:code>/", views.theme, name="theme"),
    path("instruments/reservations/<int:pk>/withdraw/", views.withdraw_reservation, name="withdraw_reservation"),
    path("instruments/<slug:code>/", views.instrument, name="instrument"),
    path("instruments/<slug:code>/ratification/", views.ratification, name="ratification"),
    path("instruments/<slug:code>/ratification/reservations/", views.add_reservation, name="add_reservation"),
    path("instruments/<slug:code>/<str:article>/", views.provision, name="provision"),
]
