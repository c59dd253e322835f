"""Agencies of the United Nations."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.exceptions import Refused
from accounts.models import Agency, User
from accounts.services.people import level_groups


@transaction.atomic
def create_agency(*, code: str, name: str, mandate: str = "", by: User | None = None) -> Agency:
    """Make an agency's desk, with a group for each level. Raises Refused if the code is taken."""
    code = code.strip().upper()
    if Agency.objects.filter(code=code).exists():
        raise Refused(_("There is an agency with the code %(code)s already.") % {"code": code})
    agency = Agency.objects.create(code=code, name=name, mandate=mandate)
    level_groups(agency)
    history.record("agency.create", by=by, subject=agency, chain=history.chain_of(agency_id=agency.pk))
    return agency
