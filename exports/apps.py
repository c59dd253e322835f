from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """How it leaves: PDF, Word, Excel and JSON."""

    name = "exports"

    def ready(self) -> None:
        from exports import work  # models are ready only now
        from reporting.reports.services import submission

        submission.on_endorsed.append(work.make_files_of)
