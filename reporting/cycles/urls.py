from django.urls import path

from reporting.cycles import views

urlpatterns = [
    path("cycles/", views.cycles, name="cycles"),
    path("cycles/new/", views.cycle_new, name="cycle_new"),
    path("cycles/<slug:cycle>/", views.cycle, name="cycle"),
    path("cycles/<slug:cycle>/received/", views.cycle_received, name="cycle_received"),
    path("cycles/<slug:cycle>/received/<int:pk>/", views.received_file, name="received_file"),
]
