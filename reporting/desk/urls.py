from django.urls import path

from reporting.desk.views import home, statements

urlpatterns = [
    path("", home.start, name="start"),
    path("home/", home.home, name="home"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("search/", home.search, name="search"),
]
