"""Grant tables with real foreign keys: grants vanish with their object, and can be joined."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from reporting.reports.models.contribution import ConsultationRound, Contribution
from reporting.reports.models.section import ReportSection


class ReportSectionUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(ReportSection, on_delete=models.CASCADE)


class ReportSectionGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(ReportSection, on_delete=models.CASCADE)


class ContributionUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(Contribution, on_delete=models.CASCADE)


class ContributionGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Contribution, on_delete=models.CASCADE)


class ConsultationRoundUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(ConsultationRound, on_delete=models.CASCADE)


class ConsultationRoundGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(ConsultationRound, on_delete=models.CASCADE)
