"""Named questions about requests; the doors of the State and of the agencies are apart."""

import datetime
import uuid
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db.models import Count, Q

from accounts.permissions import person
from accounts.querysets import StateQuerySet
from reporting.assistance.choices import ENDED, WITH_AGENCIES, Kind, PositionStatus
from reporting.text.folding import fold

if TYPE_CHECKING:
    from accounts.models import User


class Unchanging(TypeError):
    """Somebody tried to alter what was submitted or agreed on."""


def packed(codes: list[str]) -> str:
    """Codes as one column that can be searched for each of them: ",legal,training,"."""
    return f",{','.join(codes)}," if codes else ""


def unpacked(column: str) -> list[str]:
    return [code for code in column.split(",") if code]


class RequestQuerySet(StateQuerySet):
    """The State's requests; an agency's officer finds none here, but the versions submitted to the agency."""

    def open(self) -> Self:
        return self.exclude(status__in=ENDED)

    def matching(self, text: str) -> Self:
        rows = self
        for word in fold(text).split():
            rows = rows.filter(Q(folded__contains=word) | Q(reference__icontains=word))
        return rows

    def named(self, name: str) -> Self:
        """The request of an address: by its reference, or by the identifier, which it keeps."""
        try:
            return self.filter(uuid=uuid.UUID(name))
        except ValueError:
            return self.filter(reference=name)

    def asking_for(self, kind: str) -> Self:
        return self.filter(kinds__contains=packed([kind]))


class _Addressed(StateQuerySet):
    """Rows that also an agency may be shown, once the request was submitted to it."""

    agency_column = "agency_id"

    def of(self, user: "User | Any") -> Self:
        """Rows of the user's own State, or of the user's agency from the States within the officer's scope."""
        who = person(user)
        if who.posting is None:
            return super().of(user)
        rows = self.filter(**{self.agency_column: who.posting.agency_id})
        return rows if who.scope is None else rows.filter(state_party_id__in=who.scope)


class PositionQuerySet(_Addressed):
    def at_work(self) -> Self:
        return self.filter(request__status__in=WITH_AGENCIES)

    def without_answer_since(self, moment: datetime.datetime) -> Self:
        """No answer given, and the clock has run since before ``moment``."""
        return self.filter(status=PositionStatus.NO_ANSWER, is_returned=False, clock_from__lt=moment)

    def needed_before(self, on: datetime.date) -> Self:
        return self.filter(request__last_version__needed_by_on__lte=on).exclude(
            status__in=[PositionStatus.CONFIRMED, PositionStatus.DECLINED, PositionStatus.DISCONTINUED]
        )

    def counted(self) -> list[dict[str, Any]]:
        """Rows of State and position with ``count``, and ``kind_…`` of each kind of assistance; one statement."""
        kinds = {
            f"kind_{value}": Count("pk", filter=Q(request__last_version__kinds__contains=packed([value])))
            for value in Kind.values
        }
        rows = self.values("state_party__code", "state_party__name", "status")
        return list(rows.annotate(count=Count("pk"), **kinds).order_by("state_party__name"))

    def matching(self, text: str) -> Self:
        """Looks in the version that was submitted, never in the State's draft."""
        rows = self
        for word in fold(text).split():
            version = "request__last_version__"
            rows = rows.filter(Q(**{f"{version}folded__contains": word}) | Q(request__reference__icontains=word))
        return rows


class VersionQuerySet(StateQuerySet):
    """Submitted versions: written once."""

    def for_agency(self, user: "User") -> Self:
        """The last submitted version of each request addressed to the officer's agency, within the officer's scope."""
        who = person(user)
        if who.posting is None:
            return self.none()
        rows = self.filter(current_for__positions__agency_id=who.posting.agency_id)
        return rows if who.scope is None else rows.filter(state_party_id__in=who.scope)

    def update(self, **values: Any) -> NoReturn:
        raise Unchanging("A version is never changed.")

    def delete(self) -> NoReturn:
        raise Unchanging("A version is never removed.")


class MessageQuerySet(StateQuerySet):
    """Messages; the audience was fixed when each was written."""

    def of(self, user: "User | Any") -> Self:
        """The State's own; for an officer those to or from all agencies, and to or from the own one."""
        who = person(user)
        if who.posting is None:
            return super().of(user)
        agency = who.posting.agency_id
        rows = self.filter(Q(agency=None) | Q(agency=agency), request__positions__agency=agency)
        return rows if who.scope is None else rows.filter(state_party_id__in=who.scope)


class NoteQuerySet(_Addressed):
    """Notes inside one agency: no State sees any."""

    def of(self, user: "User | Any") -> Self:
        return self.none() if person(user).posting is None else super().of(user)


class PlanQuerySet(_Addressed):
    agency_column = "position__agency_id"


class PlanVersionQuerySet(_Addressed):
    agency_column = "plan__position__agency_id"

    def update(self, **values: Any) -> NoReturn:
        raise Unchanging("A version is never changed.")

    def delete(self) -> NoReturn:
        raise Unchanging("A version is never removed.")
