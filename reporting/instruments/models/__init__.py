from reporting.instruments.models.instrument import Fact, Instrument, InstrumentPart, Mechanism, Provision, WordLimit
from reporting.instruments.models.ratification import Ratification, Reservation
from reporting.instruments.models.theme import Mandate, SdgTarget, Theme, ThemeProvision

__all__ = [
    "Fact",
    "Instrument",
    "InstrumentPart",
    "Mandate",
    "Mechanism",
    "Provision",
    "Ratification",
    "Reservation",
    "SdgTarget",
    "Theme",
    "ThemeProvision",
    "WordLimit",
]
