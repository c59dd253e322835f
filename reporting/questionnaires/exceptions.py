"""Errors of editions that cannot be loaded."""

from reporting.instruments.exceptions import CatalogueInvalid, Fault


class QuestionnaireInvalid(CatalogueInvalid):
    """A questionnaire's file that was not loaded: file, line and reason of the first fault, and all of them."""

    @classmethod
    def at(cls, file: str, line: int, reason: str) -> "QuestionnaireInvalid":
        return cls([Fault(file, line, reason)])
