from reporting.cycles.models.cycle import ReceivedDocument, ReviewCycle
from reporting.cycles.models.grants import ReviewCycleGroupGrant, ReviewCycleUserGrant

__all__ = ["ReceivedDocument", "ReviewCycle", "ReviewCycleGroupGrant", "ReviewCycleUserGrant"]
