"""What is known already when somebody asks for technical cooperation from a question, theme or provision."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.numbers import identifier
from accounts.permissions import allows
from reporting.assistance.forms.request import agencies_for, bodies_for, provisions_of
from reporting.assistance.models import AssistanceRequest
from reporting.instruments.models import Theme
from reporting.reports.models import Answer, Paragraph
from reporting.reports.permissions import SEE_ANSWER
from reporting.text.cleaning import clean


def origin_of(user: User, answer: str, report: str = "") -> Answer | None:
    """The answer that a request arises from: by its id, or by question code and report; None unless one may read it."""
    rows = Answer.objects.of(user).select_related(
        "section__report__cycle", "section__section", "section__lead", "question"
    )
    if answer.isdecimal():
        rows = rows.filter(pk=identifier(answer) or 0)
    elif answer and report:
        rows = rows.filter(question__code=answer, report__slug=report)
    else:
        return None
    row = rows.first()
    return row if row is not None and allows(user, SEE_ANSWER, row) else None


def text_of(answer: Answer) -> str:
    """The paragraphs of the answer, for who ticks that the agencies may read them."""
    return "\n\n".join(Paragraph.objects.filter(answer=answer).order_by("position").values_list("text", flat=True))


def came_from(request: AssistanceRequest) -> list[tuple[str, str]]:
    """Where a request arose and what it took over from there, as pairs of a label and names; for the State alone."""
    section = request.origin_section
    if section is None:
        return []
    pairs = [(_("Arose from"), str(section))]
    answer = request.origin_answer
    if answer is not None:
        pairs.append((_("Question"), answer.question.wording("text", get_language() or "en")[0]))
        texts = [text for text in text_of(answer).split("\n\n") if text.strip()]
        taken = sum(text.strip() in request.in_place for text in texts)
        if taken:
            said = ngettext("%(count)d paragraph of the answer", "%(count)d paragraphs of the answer", taken)
            pairs.append((_("Taken over into “What is in place”"), said % {"count": taken}))
    provisions = list(section.section.provisions.filter(pk__in=request.provisions.values("pk")))
    themes = request.themes.filter(provisions__in=provisions).distinct()
    names = [*(str(row) for row in provisions), *(row.wording("title", get_language() or "en")[0] for row in themes)]
    if names:
        pairs.append((_("Provisions and themes of that section"), "; ".join(names)))
    return pairs


def known(user: User, asked: Mapping[str, Any]) -> dict[str, Any]:
    """First values of the form, from an address such as ``?question=…&report=…`` or ``?theme=…&provision=CMW 66``."""
    query = {name: clean(str(asked.get(name, ""))) for name in ("question", "report", "provision", "theme")}
    said: dict[str, Any] = {}
    bodies = list(bodies_for(user)[:2])
    if len(bodies) == 1:
        said["responsible"] = bodies[0]
    origin = origin_of(user, query["question"], query["report"])
    provisions = provisions_of([query["provision"]])[0] if query["provision"] else []
    if origin is not None:
        said["origin"] = origin.pk
        provisions += list(origin.section.section.provisions.select_related("instrument"))
        if origin.section.lead_id and bodies_for(user).filter(pk=origin.section.lead_id).exists():
            said["responsible"] = origin.section.lead_id
    themes = Theme.objects.filter(provisions__in=provisions).distinct() if provisions else Theme.objects.none()
    if query["theme"]:
        themes = Theme.objects.filter(code=query["theme"])
    said["themes"] = list(themes)
    said["provisions"] = "\n".join(dict.fromkeys(str(row) for row in provisions))
    said["agencies"] = agencies_for(said["themes"]) if said["themes"] else []
    return said
