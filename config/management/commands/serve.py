"""Start the web server and the worker, and stop both together."""

import errno
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import preparation


class Command(BaseCommand):
    help = "Start the web server and the worker on this machine; with --demo, prepare and serve the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
        parser.add_argument("--processes", type=int, default=2, help="web processes")
        parser.add_argument("--demo", action="store_true", help="make the demonstration data on the first start")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if settings.DEMO and host not in {"127.0.0.1", "localhost", "::1"}:
            raise CommandError("The demonstration has a published password and serves this machine alone.")
        _check_address(host, port)
        try:
            preparation.prepare(demo=options["demo"], say=self.stdout.write)
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready. The next start goes on from here.") from None
        self._serve(host, port, options["processes"], demo=options["demo"])

    def _serve(self, host: str, port: int, processes: int, *, demo: bool) -> None:
        web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{port}", "--workers", str(processes)]
        web += ["--no-control-socket", "--log-level", "warning", "--timeout", "60", "--worker-tmp-dir"]
        web += [str(settings.DATA_DIR)]
        children = [
            subprocess.Popen(web, cwd=settings.BASE_DIR),  # noqa: S603 - our own commands
            subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=settings.BASE_DIR),
        ]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            _wait_until_it_answers(host, port, children[0])
            self.stdout.write(f"\nServanda answers at http://localhost:{port} (stop it with Ctrl+C)\n")
            if demo:
                self.stdout.write(preparation.logins())
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
            raise CommandError("One of the processes stopped; see its message above.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.\n")
        finally:
            for child in children:
                child.terminate()
            for child in children:
                try:
                    child.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    child.kill()


def _check_address(host: str, port: int) -> None:
    """Raises CommandError with what to type instead where the port cannot be had."""
    if not 0 < port < 65536:
        raise CommandError(f"There is no port {port}. Choose one from 1 to 65535, such as: make run PORT=8000")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CommandError(
                f"This account may not open port {port}. Choose one from 1024 on: make run PORT=8000"
            ) from None
        except socket.gaierror:
            raise CommandError(
                f"This machine does not know the address “{host}”. Give one of its own with --host."
            ) from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"Port {port} on {host} cannot be opened: {error.strerror}.") from error
            other = port + 1 if port < 65535 else 8000
            raise CommandError(f"Port {port} is taken. Choose another one: make run PORT={other}") from error


def _wait_until_it_answers(host: str, port: int, web: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        if web.poll() is not None:
            return
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.settimeout(0.2)
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)
