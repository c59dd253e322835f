"""Items of the library in one call, through the product's own services."""

from django.core.files.base import ContentFile

from accounts.models import User
from reporting.reports.models import Answer, LibraryItem, ReportSection
from reporting.reports.services.library import ItemFacts, add_item


def item(by: User, title: str = "Act on Foreign Employment", *, content: bytes | None = None, **facts) -> LibraryItem:
    file = ContentFile(content, name=facts.pop("name", "act.pdf")) if content else None
    return add_item(ItemFacts(**{"kind": "law", "title": title} | facts), by=by, file=file)


def references(section: ReportSection) -> Answer:
    """The question of the section that asks for laws, as it stands."""
    return section.answers.select_related("question").get(question__kind="legal_references")


def files(section: ReportSection) -> Answer:
    """The question of the section that asks for files, as it stands."""
    return section.answers.select_related("question").get(question__kind="files")
