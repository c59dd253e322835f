from pathlib import Path

from config import documents
from exports import schemas

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_written_workflow_is_that_of_the_tables():
    assert (DOCS / "workflow.md").read_text(encoding="utf-8") == documents.workflow()


def test_the_written_rights_are_those_of_the_acts():
    assert (DOCS / "permissions.md").read_text(encoding="utf-8") == documents.permissions()


def test_the_written_schemas_are_those_of_the_shapes():
    written = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "schemas").iterdir()}

    assert written == {f"{name}.schema.json": schemas.written(name) for name in schemas.SCHEMAS}
