from django.urls import path

from reporting.desk.views import home

urlpatterns = [
    path("", home.start, name="start"),
    path("home/", home.home, name="home"),
    path("search/", home.search, name="search"),
]
