"""The published schema of the list that lies in a zip (JSON Schema, draft 2020-12)."""

from typing import Any

from exports.bundle import NUMBER, SCHEMA
from exports.formats.schema import DRAFT

_TEXT = {"type": "string"}


def bundle_schema() -> dict[str, Any]:
    about = {
        "state": _TEXT,
        "report": {**_TEXT, "description": "The address of the report within the State."},
        "title": _TEXT,
        "form": {"enum": ["submission", "working"]},
        "submission": {"type": ["integer", "null"], "description": "The number of the submission; null for a draft."},
        "language": _TEXT,
    }
    file = {
        "name": _TEXT,
        "kind": {"enum": ["report", "annex"]},
        "size": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "format": {**_TEXT, "description": "Of a report: pdf, docx, xlsx or json."},
        "title": {**_TEXT, "description": "Of an annex."},
    }
    return {
        "$schema": DRAFT,
        "$id": f"urn:{SCHEMA.replace('.', ':')}:{NUMBER}",
        "title": f"{SCHEMA} {NUMBER}",
        "description": "What lies in a zip of a report and its annexes: names, sizes and hashes.",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA},
            "number": {"const": NUMBER},
            "made_at": {"type": "string", "format": "date-time"},
            "about": {
                "type": "object",
                "properties": about,
                "required": list(about),
                "additionalProperties": False,
            },
            "files": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": file,
                    "required": ["name", "kind", "size", "sha256"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["schema", "number", "made_at", "about", "files"],
        "additionalProperties": False,
    }
