from reporting.reports import urls_process, urls_report, urls_section

urlpatterns = [*urls_report.urlpatterns, *urls_section.urlpatterns, *urls_process.urlpatterns]
