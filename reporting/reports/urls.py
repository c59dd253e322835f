from reporting.reports import urls_report, urls_section

urlpatterns = [*urls_report.urlpatterns, *urls_section.urlpatterns]
