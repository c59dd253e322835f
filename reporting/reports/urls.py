from reporting.reports import urls_section

urlpatterns = [*urls_section.urlpatterns]
