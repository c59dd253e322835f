"""A worker that makes the file of a report, slowly enough to be killed in the middle.

python -m tests.crash.exporter ask      # asks for a file and begins it; prints "drawing" and goes on drawing
python -m tests.crash.exporter again    # what the next worker does a minute later, as slowly
python -m tests.crash.exporter finish   # the same, at its usual speed; prints status, attempts, size and the error
"""

import datetime
import os
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from accounts import jobs  # noqa: E402 - the apps must be ready
from accounts.models import Job, User  # noqa: E402
from exports import exporting, work  # noqa: E402
from reporting.reports.models import Report  # noqa: E402

drawn = exporting.render


def slowly(*args: Any, **said: Any) -> bytes:
    print("drawing", flush=True)
    time.sleep(120)
    return drawn(*args, **said)


def main(what: str) -> None:
    if what != "finish":
        exporting.render = slowly
    if what == "ask":
        by = User.objects.get(name="Amina")
        work.ask_for_export(Report.objects.get(), by=by, form="working", format_slug="pdf", language="en")
        return
    jobs.SILENCE = datetime.timedelta(0)
    jobs.take_up_silent()
    job = Job.objects.get(kind=work.EXPORT)
    held = job.file.read()[:4] if job.file else b""
    print(f"{job.status} {job.attempts} {held.decode()} {job.error}".rstrip(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
