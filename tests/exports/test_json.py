"""JSON out and back in."""

import json

import pytest

from exports.formats import pdf
from exports.formats.json import DocumentInvalid, load, render
from tests.exports.documents import arabic, report, request, working


@pytest.mark.parametrize("make", [report, working, request, arabic])
def test_what_comes_back_is_equal(make):
    assert load(render(make())) == make()


def test_the_file_names_its_schema_and_is_canonical():
    data = render(report())

    content = json.loads(data)

    assert (content["schema"], content["number"]) == ("servanda.document", 1)
    assert json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == data


def test_a_pdf_from_json_is_the_same_pdf():
    assert pdf.render(load(render(report()))) == pdf.render(report())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"schema":"other","number":1}',
        b'{"schema":"servanda.document","number":1}',
        b'{"schema":"servanda.document","number":1,"document":{"is":"Nothing"}}',
        b'{"schema":"servanda.document","number":1,"document":{"is":"Document","titel":"x"}}',
        b'{"schema":"servanda.document","number":1,"document":{"is":"Document","title":{"number":"x"}}}',
    ],
)
def test_other_files_are_refused_with_a_reason(data):
    with pytest.raises(DocumentInvalid) as error:
        load(data)

    assert str(error.value).endswith(".") or ":" in str(error.value)
