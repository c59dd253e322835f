"""When a body changes, the grants on its sections, contributions and consultations are derived again."""

from accounts import permissions
from accounts.models import Body
from reporting.reports.models import ConsultationRound, Contribution, ReportSection


def regrant_reports(body: Body) -> None:
    """Called in the transaction that changes the body."""
    for section in ReportSection.objects.filter(lead=body).select_related("lead"):
        permissions.regrant(section)
    for contribution in Contribution.objects.filter(body=body).live().select_related("body"):
        permissions.regrant(contribution)
    for consultation in ConsultationRound.objects.filter(bodies=body):
        permissions.regrant(consultation)
