from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from reporting.cycles.models.cycle import ReviewCycle


class ReviewCycleUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(ReviewCycle, on_delete=models.CASCADE)


class ReviewCycleGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(ReviewCycle, on_delete=models.CASCADE)
