"""What a catalogue editor may change of an edition: whether it is in use."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history, permissions
from accounts.exceptions import Refused
from accounts.models import User
from reporting.instruments.permissions import EDIT_CATALOGUE
from reporting.questionnaires.choices import QuestionnaireStatus
from reporting.questionnaires.models import Questionnaire


@transaction.atomic
def set_status(questionnaire: Questionnaire, *, status: str, by: User) -> Questionnaire:
    """Publish a draft, or retire a published edition. Raises Refused for anybody else and any other move."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    permissions.require(by, EDIT_CATALOGUE, questionnaire)
    before = questionnaire.status
    allowed = {
        QuestionnaireStatus.DRAFT: QuestionnaireStatus.PUBLISHED,
        QuestionnaireStatus.PUBLISHED: QuestionnaireStatus.RETIRED,
    }
    if status == before:
        return questionnaire
    if allowed.get(QuestionnaireStatus(before)) != status:
        raise Refused(_("A draft can be published, and a published edition retired; nothing else."))
    questionnaire.status = status
    questionnaire.save(update_fields=["status"])
    history.record(
        f"questionnaire.{status}",
        by=by,
        subject=questionnaire,
        chain=history.INSTALLATION,
        **{"from": before, "to": status},
    )
    return questionnaire
