import pytest

from reporting.questionnaires.services.catalogue import load_catalogue


@pytest.fixture
def catalogue(cast, tmp_path) -> None:
    """The product's own instruments and themes, without questionnaires."""
    load_catalogue(tmp_path)
