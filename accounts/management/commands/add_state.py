from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.exceptions import Refused
from accounts.services import bodies, invitations


class Command(BaseCommand):
    help = "Make the workspace of a State; prints the invitation link of its administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="three letters, as in document symbols")
        parser.add_argument("name")
        parser.add_argument("--language", default="en", help="working language (default: en)")
        parser.add_argument("--full-name", default="")
        parser.add_argument("--region", default="")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="address of the first administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                state = bodies.create_state(
                    code=options["code"],
                    name=options["name"],
                    language=options["language"],
                    full_name=options["full_name"],
                    region=options["region"],
                )
                _row, link = invitations.invite(
                    email=options["admin"], state=state, is_administrator=True, by=None, mail=False
                )
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(link)
