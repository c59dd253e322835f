import pytest

from tests.reporting.assistance import factories


@pytest.fixture
def cast(cast):
    """The constant cast, and the desks of two agencies."""
    factories.desk(cast, "ILO")
    factories.desk(cast, "IOM")
    return cast
