"""Grant tables with real foreign keys: grants vanish with their object, and can be joined."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from reporting.assistance.models.request import AssistanceRequest


class AssistanceRequestUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(AssistanceRequest, on_delete=models.CASCADE)


class AssistanceRequestGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(AssistanceRequest, on_delete=models.CASCADE)
