"""Whom a comment names: "@A. Okello" tells her at once, if she may read the comment."""

from accounts.models import User
from reporting.reports.models import Comment, ReportSection
from reporting.reports.permissions_comments import visible_comments

MARK = "@"
MOST = 10  # people that one comment may call


def mentioned(comment: Comment, section: ReportSection) -> list[User]:
    """The people of the State whose name stands after an @ in the comment, and who may read it; ten at most.

    Where one name begins another ("@Ann" and "@Ann Marie"), the longer is meant. Costs nothing without an @.
    """
    if MARK not in comment.text:
        return []
    people = User.objects.filter(state_party=section.state_party_id, is_active=True).exclude(name="")
    by_name: dict[str, list[User]] = {}
    for user in people.exclude(pk=comment.by_id).order_by("name"):
        by_name.setdefault(user.name.casefold(), []).append(user)
    found = [user for name in names_in(comment.text, set(by_name)) for user in by_name[name]]
    return [user for user in found[:MOST] if visible_comments(user, section).filter(pk=comment.pk).exists()]


def names_in(text: str, names: set[str]) -> list[str]:
    """Those of ``names`` (folded) that stand after an @, each once, in the order of the text."""
    found = []
    for rest in text.casefold().split(MARK)[1:]:
        fitting = [name for name in names if rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()]
        if fitting:
            found.append(max(fitting, key=len))
    return list(dict.fromkeys(found))
