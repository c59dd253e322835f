"""Elements of WordprocessingML, made directly.

python-docx knows no footnotes and no numbering, and is slow for big tables.
"""

import re
from typing import Any

from docx.oxml.ns import nsmap
from lxml import etree

W = nsmap["w"]
R = nsmap["r"]
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLACES = {"r": R, "xml": "http://www.w3.org/XML/1998/namespace"}


def w(tag: str, *children: Any, **attributes: object) -> Any:
    """``<w:tag w:name="value">`` with its children, of which None are left out.

    Attributes are of the same namespace; ``r_id`` and ``xml_space`` are of theirs.
    """
    element = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": R})
    for name, value in attributes.items():
        prefix, _, local = name.partition("_")
        key = f"{{{_PLACES[prefix]}}}{local}" if local and prefix in _PLACES else f"{{{W}}}{name.rstrip('_')}"
        element.set(key, str(value))
    element.extend(child for child in children if child is not None)
    return element


def t(text: str) -> list[Any]:
    """The content of a run: its text, line breaks as such."""
    parts: list[Any] = []
    for at, line in enumerate(_UNWANTED.sub("", text).split("\n")):
        if at:
            parts.append(w("br"))
        element = w("t", xml_space="preserve")
        element.text = line
        parts.append(element)
    return parts


def field(instruction: str, shown: str, *looks: Any, stale: bool = False) -> list[Any]:
    """The runs of a field that Word keeps up to date; a ``stale`` one it works out when the file is opened."""

    def run(*content: Any) -> Any:
        return w("r", w("rPr", *(etree.fromstring(etree.tostring(look)) for look in looks)), *content)

    code = w("instrText", xml_space="preserve")
    code.text = f" {instruction} "
    return [
        run(w("fldChar", fldCharType="begin", **({"dirty": "true"} if stale else {}))),
        run(code),
        run(w("fldChar", fldCharType="separate")),
        run(*t(shown)),
        run(w("fldChar", fldCharType="end")),
    ]
