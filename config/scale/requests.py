"""Requests for technical cooperation, most of them submitted to one agency, in bulk."""

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import Max
from django.utils import timezone

from accounts import permissions
from accounts.models import Agency, StateParty
from config.scale.reports import Staff, staff_of
from reporting.assistance.choices import Kind, PositionStatus, RequestStatus
from reporting.assistance.freeze import canonical_sha256, submitted_content
from reporting.assistance.models import AgencyPosition, AssistanceRequest, RequestVersion
from reporting.assistance.permissions import request_grants
from reporting.assistance.querysets import packed
from reporting.instruments.models import Provision, Theme
from reporting.text.folding import fold

STAGES = (  # two thirds are submitted
    RequestStatus.SUBMITTED,
    RequestStatus.DRAFT,
    RequestStatus.SUBMITTED,
    RequestStatus.SUBMITTED,
    RequestStatus.CLEARED,
    RequestStatus.SUBMITTED,
)
POSITIONS = (PositionStatus.NO_ANSWER, PositionStatus.ACKNOWLEDGED)
NEED = "Inspectors cannot establish whether a fee was paid abroad, and ask for a method that courts accept."


def add_requests(
    state: StateParty, count: int, *, agency: Agency, stages: Sequence[RequestStatus] = STAGES
) -> list[AssistanceRequest]:
    """``count`` further requests of the State, in ``stages`` by turns; those submitted go to ``agency``."""
    staff = staff_of(state)
    rows = AssistanceRequest.objects.bulk_create(_requests(staff, count, stages))
    _attach(rows, agency)
    sent = [row for row in rows if row.status == RequestStatus.SUBMITTED]
    now = timezone.now()
    _number(state, sent, now.year)
    versions = RequestVersion.objects.bulk_create(_version(staff, row, now) for row in sent)
    for row, version in zip(sent, versions, strict=True):
        row.last_version = version
    fields = ["reference", "year", "number", "last_version"]
    AssistanceRequest.objects.bulk_update(sent, fields, batch_size=500)
    AgencyPosition.objects.bulk_create(
        AgencyPosition(
            state_party=state,
            request=row,
            agency=agency,
            status=POSITIONS[place % len(POSITIONS)],
            status_at=now,
            clock_from=now,
        )
        for place, row in enumerate(sent)
    )
    known: dict[tuple[int, bool], list[permissions.Grant]] = {}  # what a request's groups are granted hangs on these
    for row in rows:
        known.setdefault((row.responsible_id, row.last_version_id is not None), list(request_grants(row)))
    permissions.grant_new([(row, known[row.responsible_id, row.last_version_id is not None]) for row in rows])
    return rows


def _requests(staff: Staff, count: int, stages: Sequence[RequestStatus]) -> Iterator[AssistanceRequest]:
    now, today = timezone.now(), timezone.localdate()
    for place in range(count):
        body = staff.ministries[place % len(staff.ministries)]
        by, title = staff.writers[body.pk], f"Monitoring recruitment fees, {place + 1}"
        yield AssistanceRequest(
            state_party=staff.state,
            title=title,
            need=NEED,
            in_place="The Act of 2023.",
            missing="A method.",
            kinds=packed([Kind.LEGAL]),
            why_now="Licences are renewed in July.",
            needed_by_on=today + datetime.timedelta(days=20 + 3 * place),
            responsible=body,
            counterpart_unit="Labour Inspectorate",
            counterpart_name=str(by),
            counterpart_email=by.email,
            is_enquiry=True,
            status=stages[place % len(stages)],
            status_by=by,
            status_at=now,
            created_by=by,
            changed_by=by,
            changed_at=now,
            folded=fold(f"{title}\n{NEED}\nThe Act of 2023.\nA method."),
        )


def _number(state: StateParty, sent: list[AssistanceRequest], year: int) -> None:
    """The reference that a request gets with its first submission."""
    last = AssistanceRequest.objects.filter(state_party=state, year=year).aggregate(last=Max("number"))["last"] or 0
    for number, row in enumerate(sent, start=last + 1):
        row.year, row.number, row.reference = year, number, f"{state.code}-{year}-{number:02}"


def _attach(rows: list[AssistanceRequest], agency: Agency) -> None:
    for name, target in (("agencies", agency), ("themes", Theme.objects.first()), ("provisions", _provision())):
        field = AssistanceRequest._meta.get_field(name)
        through, column = field.remote_field.through, field.m2m_reverse_field_name()  # type: ignore[union-attr]
        if target is not None:
            through.objects.bulk_create(through(assistancerequest=row, **{column: target}) for row in rows)


def _provision() -> Provision | None:
    return Provision.objects.order_by("instrument__position", "position").first()


def _version(staff: Staff, row: AssistanceRequest, now: datetime.datetime) -> RequestVersion:
    content = submitted_content(row)
    return RequestVersion(
        state_party=staff.state,
        request=row,
        number=1,
        content=content,
        sha256=canonical_sha256(content),
        title=row.title,
        kinds=row.kinds,
        language=row.language,
        needed_by_on=row.needed_by_on,
        folded=row.folded,
        submitted_by=staff.coordinator,
        submitted_at=now,
    )
