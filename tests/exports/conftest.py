"""No test of files may draw a box in the place of a letter without saying so."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _no_letter_is_lacking(request):
    if "lacking" in request.node.name:
        yield
        return
    found = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.getMessage())
    logger = logging.getLogger("exports.formats.pdf.embedding")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    assert found == []
