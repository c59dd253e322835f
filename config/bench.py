"""What home and the lists cost at two hundred reports beside what they cost at twenty, in one run.

``python -m config.bench`` prints the ratios; ``measure`` gives them to ``make bench``. The database is a new one, in a
folder of its own: SQLite, with the whole catalogue.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FEW, MANY = 20, 200
LIMIT = 1.5  # most that each ratio may be
# name of the ratio: who looks, at what
PAGES = {
    "home_coordinator": ("coordinator", "/home/"),
    "home_focal_point": ("health.focal", "/home/?view=ministry"),
    "home_drafter": ("health.drafter", "/home/"),
    "home_mission": ("mission", "/home/"),
    "list_of_reports": ("coordinator", "/reports/"),
    "list_of_cycles": ("coordinator", "/cycles/"),
    "list_of_requests": ("coordinator", "/assistance/"),
    "agency_inbox": ("officer", "/agency/requests/"),
}
LIMITS = dict.fromkeys(PAGES, LIMIT)
_PROJECT = Path(__file__).resolve().parent.parent


def measure(rounds: int = 3) -> dict[str, float]:
    """Ratio of the time (of the processor) of each page by name, the least of several visits on both sides."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"SERVANDA_DATA": folder, "SERVANDA_DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run(  # noqa: S603 our own module
            [sys.executable, "-m", "config.bench", str(rounds)],
            cwd=_PROJECT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _run(rounds: int) -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import Agency
    from config import scale
    from config.scale.reports import add_reports
    from config.scale.requests import add_requests
    from reporting.assistance.choices import RequestStatus

    call_command("migrate", verbosity=0)
    call_command("load_catalogue", verbosity=0, stdout=sys.stderr)
    (state,) = scale.seed(1, scale.Size(reports=0, requests=0))
    agency = Agency.objects.get(code=f"U{state.code}")

    def grow(count: int) -> None:
        add_reports(state, count)
        add_requests(state, count, agency=agency, stages=[RequestStatus.SUBMITTED])

    grow(FEW)
    few = _visits(state, rounds)
    grow(MANY - FEW)
    many = _visits(state, rounds)
    return {name: round(many[name] / few[name], 2) for name in PAGES}


def _visits(state: Any, rounds: int) -> dict[str, float]:
    """Seconds of each page, the least of ``rounds`` times five visits."""
    from django.test import Client

    from accounts.models import User
    from config.scale import DOMAIN

    found = {}
    for name, (login, address) in PAGES.items():
        client = Client(headers={"host": "localhost"})
        person = User.objects.get(email=f"{login}@{state.code.lower()}.{DOMAIN}")
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address).status_code == 200, address  # also fills the caches of templates
        found[name] = min(_seconds(client, address) for _ in range(5 * rounds))
    return found


def _seconds(client: Any, address: str) -> float:
    begun = time.process_time()
    client.get(address)
    return time.process_time() - begun


if __name__ == "__main__":
    print(json.dumps(_run(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))  # noqa: T201 the answer of a command
