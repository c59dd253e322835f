from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """How it leaves: PDF, Word, Excel and JSON."""

    name = "exports"

    def ready(self) -> None:
        from accounts import jobs
        from accounts.presenters import record as acts
        from exports import record, work  # models are ready only now
        from exports.workbook import services as workbooks
        from reporting.reports.services import submission

        jobs.each_minute.append(workbooks.sweep)
        submission.on_endorsed.append(work.make_files_of)
        acts.tell(record.ACTS, facts=record.FACTS, values=record.VALUES)
