from django.urls import URLPattern, path

from reporting.questionnaires import views

urlpatterns: list[URLPattern] = [
    path("questionnaires/<slug:code>/", views.questionnaire, name="questionnaire"),
]
