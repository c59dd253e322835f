from reporting.reports import urls_library, urls_process, urls_report, urls_section

urlpatterns = [
    *urls_report.urlpatterns,
    *urls_section.urlpatterns,
    *urls_process.urlpatterns,
    *urls_library.urlpatterns,
]
