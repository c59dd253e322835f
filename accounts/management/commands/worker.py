"""The worker: does jobs, and calls ``tick`` each minute."""

import os
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django_tasks_db.management.commands.db_worker import Worker

from accounts import jobs

MINUTE = 60


class Command(BaseCommand):
    help = "Do jobs until stopped, and what is due each minute."

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        clock = threading.Thread(target=_keep_time, args=(stopped,), daemon=True)
        clock.start()
        try:
            work()
        finally:
            stopped.set()


def work() -> None:
    """django-tasks-db's worker, in this one place, since its class is no documented API."""
    worker = Worker(
        queue_names=["default", "exports"],
        interval=1.0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"servanda-{os.getpid()}",
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def _keep_time(stopped: threading.Event) -> None:
    while not stopped.wait(MINUTE):
        try:
            jobs.tick()
            call_command("prune_db_task_results", verbosity=0)
        finally:
            connections.close_all()
