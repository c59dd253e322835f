"""The published schemas of what leaves as JSON, by name and number."""

import json
from collections.abc import Callable
from typing import Any

from exports import bundle
from exports.formats import bundle_schema, request_schema, schema
from exports.formats import json as document_json

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    f"{document_json.SCHEMA}-{document_json.NUMBER}": schema.document_schema,
    f"{request_schema.NAME}-{request_schema.NUMBER}": request_schema.request_schema,
    f"{bundle.SCHEMA}-{bundle.NUMBER}": bundle_schema.bundle_schema,
}


def written(name: str) -> str:
    """A schema as it stands in docs/schemas and under its address."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"
