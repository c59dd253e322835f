from reporting.reports.models.answer import Answer, AnswerVersion, Paragraph, ParagraphVersion
from reporting.reports.models.comment import Attachment, Comment
from reporting.reports.models.contribution import ConsultationRound, Contribution
from reporting.reports.models.grants import (
    ConsultationRoundGroupGrant,
    ConsultationRoundUserGrant,
    ContributionGroupGrant,
    ContributionUserGrant,
    ReportSectionGroupGrant,
    ReportSectionUserGrant,
)
from reporting.reports.models.library import Citation, LibraryItem, LibraryVersion
from reporting.reports.models.report import Report, ValidationReply
from reporting.reports.models.section import NamedDrafter, Presence, ReportSection
from reporting.reports.models.submission import Submission, Transmission
from reporting.reports.models.translation import Translation, TranslationVersion

__all__ = [
    "Answer",
    "AnswerVersion",
    "Attachment",
    "Citation",
    "Comment",
    "ConsultationRound",
    "ConsultationRoundGroupGrant",
    "ConsultationRoundUserGrant",
    "Contribution",
    "ContributionGroupGrant",
    "ContributionUserGrant",
    "LibraryItem",
    "LibraryVersion",
    "NamedDrafter",
    "Paragraph",
    "ParagraphVersion",
    "Presence",
    "Report",
    "ReportSection",
    "ReportSectionGroupGrant",
    "ReportSectionUserGrant",
    "Submission",
    "Translation",
    "TranslationVersion",
    "Transmission",
    "ValidationReply",
]
