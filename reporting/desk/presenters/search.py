"""One search over the rooms: sections, answers, provisions, themes, the library and requests, ten from each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from reporting.assistance.permissions import visible_requests
from reporting.assistance.presenters.signs import working_name
from reporting.instruments.models import Instrument, Provision, Theme
from reporting.questionnaires.models import Section
from reporting.reports.models import Paragraph
from reporting.reports.permissions_library import readable_items
from reporting.reports.permissions_lists import searched_answers, searched_sections
from reporting.reports.presenters.words import page_url, section_title
from reporting.text.folding import fold

MOST = 10
AROUND = 160  # characters shown of an answer


@dataclass(frozen=True)
class Found:
    """What one room found; ``more`` where there is more than is shown."""

    title: str
    rows: list[dict[str, str]]
    more: bool


def search(user: User, text: str) -> list[Found]:
    """The rooms that found something, in the order of the work. One statement a room, and one for the titles."""
    words = fold(text).split()
    if not words:
        return []
    requests: Any = visible_requests(user)
    rooms = [
        _found(_("Sections"), _sections(user, words), _section),
        _found(_("Answers"), _paragraphs(user, words), lambda row: _paragraph(row, words)),
        _found(_("Instruments"), Instrument.objects.matching(text), _instrument),
        _found(_("Articles"), Provision.objects.matching(text).select_related("instrument"), _provision),
        _found(_("Themes"), Theme.objects.matching(text), _theme),
        _found(_("Library"), readable_items(user).in_use().matching(text).select_related("body"), _item),
        _found(_("Requests for technical cooperation"), requests.matching(text), _request),
    ]
    return [room for room in rooms if room.rows]


def _found(title: str, rows: Any, shown: Any) -> Found:
    some = list(rows[: MOST + 1])
    return Found(title, [shown(row) for row in some[:MOST]], len(some) > MOST)


def _sections(user: User, words: list[str]) -> Any:
    rows = searched_sections(user).for_page()
    titles = _folded_titles()
    for word in words:
        named = [pk for pk, title in titles if word in title]
        rows = rows.filter(Q(section__in=named) | Q(slug__iexact=word))
    return rows.order_by("-report__started_at", "position")


def _folded_titles() -> list[tuple[int, str]]:
    """The titles of all editions' sections, in English and the language of the moment: some hundreds, one statement."""
    translated = f"translations__{(get_language() or 'en').partition('-')[0]}__title"
    rows = Section.objects.order_by().values_list("pk", "title", translated)
    return [(pk, fold(f"{title}\n{said or ''}")) for pk, title, said in rows]


def _paragraphs(user: User, words: list[str]) -> Any:
    rows = Paragraph.objects.of(user).filter(answer__in=searched_answers(user).values("pk"))
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows.select_related("answer__question", "answer__section__report").order_by("-written_at", "pk")


def _section(row: Any) -> dict[str, str]:
    return {
        "title": f"{row.code} {section_title(row)}",
        "url": page_url("report_section", row.report.slug, row.slug),
        "about": row.report.title_here,
    }


def _paragraph(row: Paragraph, words: list[str]) -> dict[str, str]:
    section = row.answer.section
    return {
        "title": _("Section %(code)s, question %(number)s")
        % {"code": section.code, "number": row.answer.question.number},
        "url": f"{page_url('report_section', section.report.slug, section.slug)}#p-{row.key}",
        "about": _excerpt(row.text, words[0]),
        "written": "1",
    }


def _excerpt(text: str, word: str) -> str:
    """The words around the first hit of a folded ``word``."""
    plain = " ".join(text.split())
    hit = plain.casefold().find(word)
    if hit < 0:  # written with other marks: about as far in as it stands in the folded text
        folded = fold(plain)
        hit = folded.find(word) * len(plain) // max(1, len(folded))
    start = max(0, hit - AROUND // 2)
    return ("… " if start else "") + Truncator(plain[start:]).chars(AROUND)


def _instrument(row: Any) -> dict[str, str]:
    return {
        "title": f"{row.code} · {row.wording('title', get_language())[0]}",
        "url": page_url("instrument", row.code.lower()) or page_url("instruments"),
        "about": "",
    }


def _provision(row: Any) -> dict[str, str]:
    return {
        "title": str(row),
        "url": page_url("provision", row.instrument.code.lower(), row.article),
        "about": row.wording("label", get_language())[0],
    }


def _theme(row: Any) -> dict[str, str]:
    return {"title": row.wording("title", get_language())[0], "url": page_url("theme", row.code), "about": ""}


def _item(row: Any) -> dict[str, str]:
    about = " · ".join(filter(None, [str(row.get_kind_display()), row.number, str(row.body)]))
    return {"title": row.title, "url": page_url("library_item", row.pk), "about": about}


def _request(row: Any) -> dict[str, str]:
    return {
        "title": row.title,
        "url": page_url("assistance_request", row.address) or f"/assistance/{row.address}/",
        "about": working_name(row),
    }
