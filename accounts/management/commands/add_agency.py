from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.exceptions import Refused
from accounts.models import Agency
from accounts.services import agencies, invitations


class Command(BaseCommand):
    help = "Make the desk of an agency, or invite to one of the catalogue; prints its administrator's invitation link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="as in the catalogue: ILO, OHCHR, IOM, …")
        parser.add_argument("--name", default="", help="needed where the catalogue does not have the agency")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="address of the first administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                known = Agency.objects.filter(code__iexact=options["code"].strip()).first()
                agency = known or agencies.create_agency(code=options["code"], name=options["name"] or options["code"])
                _row, link = invitations.invite(
                    email=options["admin"], agency=agency, is_administrator=True, by=None, mail=False
                )
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(link)
