from accounts.models.body import Body, Membership, Remit
from accounts.models.history import HistoryChain, HistoryEntry
from accounts.models.invitation import Invitation
from accounts.models.job import Job
from accounts.models.notification import Notification
from accounts.models.party import Agency, AgencyPosting, StateOwned, StateParty
from accounts.models.upload import Upload, UploadPiece
from accounts.models.user import RoleGroup, User

__all__ = [
    "Agency",
    "AgencyPosting",
    "Body",
    "HistoryChain",
    "HistoryEntry",
    "Invitation",
    "Job",
    "Membership",
    "Notification",
    "Remit",
    "RoleGroup",
    "StateOwned",
    "StateParty",
    "Upload",
    "UploadPiece",
    "User",
]
