"""The structure of a tagged PDF: what each stretch of a page is, in the order of reading.

Flowables hold the node that they draw; while they are drawn they open a numbered stretch of it on their page. What has
no node is an artifact: running heads, page numbers, rules, watermarks, repeated heads of tables.
"""

from collections import defaultdict
from dataclasses import dataclass, field

ARTIFACT = "/Artifact BMC"
HEADER = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
WATERMARK = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
CLOSE = "EMC"


@dataclass(frozen=True)
class Mark:
    """A numbered stretch of a page; pages are counted in the order in which they were drawn."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    """An annotation that belongs to its node: ``at`` counts those of a page."""

    page: int
    at: int


@dataclass(eq=False)
class Node:
    """An element of the structure. ``follows`` comes right after it: the footnote after its mark."""

    role: str
    parent: "Node | None" = None
    alt: str = ""
    actual: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    follows: "Node | None" = None
    is_placed: bool = False
    kids: list["Node | Mark | Annotation"] = field(default_factory=list)

    def add(self, role: str, **values: str) -> "Node":
        """A child that stands here in the order of reading."""
        node = Node(role, self, **values)  # type: ignore[arg-type]
        node.is_placed = True
        self.kids.append(node)
        return node

    def later(self, role: str, **values: str) -> "Node":
        """A child that takes its place when it is first drawn, between the stretches of text around it."""
        return Node(role, self, **values)  # type: ignore[arg-type]

    def place(self) -> None:
        if self.is_placed or self.parent is None:
            return
        self.parent.place()
        self.is_placed = True
        self.parent.kids.append(self)
        if self.follows is not None and not self.follows.is_placed:
            self.follows.is_placed = True
            self.follows.parent = self.parent
            self.parent.kids.append(self.follows)


class Tags:
    """The structure of one file, while it is drawn."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.root.is_placed = True
        self.marks: dict[int, list[Node]] = defaultdict(list)  # by page: the node of each numbered stretch
        self.annotations: dict[int, list[Node]] = defaultdict(list)

    def open(self, node: Node | None, page: int) -> str:
        """The operator that begins a stretch of the node on the page."""
        if node is None:
            return ARTIFACT
        node.place()
        number = len(self.marks[page])
        self.marks[page].append(node)
        node.kids.append(Mark(page, number))
        return f"/{node.role} <</MCID {number}>> BDC"

    def annotate(self, node: Node, page: int) -> None:
        """Record that the next annotation of the page belongs to the node."""
        node.kids.append(Annotation(page, len(self.annotations[page])))
        self.annotations[page].append(node)
