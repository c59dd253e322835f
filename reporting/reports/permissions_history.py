"""Who names a version of an answer."""

from operator import attrgetter

from django.utils.translation import gettext_lazy

from accounts.acts import Act, held
from reporting.cycles.choices import COORDINATE
from reporting.reports.choices import COMMENT
from reporting.reports.permissions import before_endorsed

NAME_VERSION = Act(
    "name_version",
    rights=(held(COMMENT), held(COORDINATE, on=attrgetter("report.cycle"))),
    denial=gettext_lazy("The lead body and the coordinators name versions."),
    only_while=(before_endorsed,),
)
