"""Routes of translations: translators come to cleared text, coordinators look on."""

from typing import Any

from tests.reporting.reports.translating import sources
from tests.routes.matrix import NONE, Row
from tests.routes.world import Spot


def said(world: Any, spot: Spot) -> dict[str, str]:
    """The first text of the section, in English."""
    key, digest = next(iter(sources(spot.rows["section"]).items()))
    return {f"text:{key}": "Of workers.", f"base:{key}": "0", f"source:{key}": digest}


BOTH = "translator coordinator"
ROWS = [
    Row(
        "report_translation",
        "translated",
        get={"report drafting": BOTH, "report endorsed": BOTH},
        post=NONE,
        shows="{report}",
    ),
    Row(
        "section_translation",
        "translated f1",
        data=said,
        get={"section cleared": BOTH, "section drafting": "coordinator; 409: translator"},
        post={"section cleared": "translator", "section drafting": "409: translator"},
        shows="CANARY-source-here",
    ),
]
