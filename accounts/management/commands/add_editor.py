from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.exceptions import Refused
from accounts.services import invitations


class Command(BaseCommand):
    help = "Invite a catalogue editor, who keeps the reference data; prints the invitation link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            _row, link = invitations.invite(email=options["email"], is_editor=True, by=None, mail=False)
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(link)
