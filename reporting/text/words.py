"""The counter of words that rulers, checks and cover sheets share.

Text is split at white space, and each Han character counts one, with or without blanks around it; what stands
between Han characters counts as the words it would be alone. The page counts with the same pattern.
"""

import re
from collections.abc import Iterable

from reporting.text.markup import Block, Run, Text, blocks

# Ideographs of all blocks, with the repeating mark and the zero that are written like one.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_ANY_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[{HAN}]|[^\s{HAN}]+")


def count(text: str) -> int:
    """Words of plain text."""
    if _ANY_HAN.search(text) is None:
        return len(text.split())
    return sum(1 for _ in _WORD.finditer(text))


def count_markup(source: str) -> int:
    """Words that a marked-up paragraph prints: text and footnotes, not marks, numbers of lists or addresses."""
    return count_blocks(blocks(source))


def count_blocks(content: Iterable[Block]) -> int:
    """Words of parsed paragraphs, footnotes included, each as often as it is printed."""
    total = 0
    for block in content:
        if isinstance(block, Text):
            total += _count_runs(block.runs)
        else:
            total += sum(count_blocks(item) for item in block.items)
    return total


def _count_runs(runs: tuple[Run, ...]) -> int:
    # Joined first: a word that is half bold is one word.
    own = count("".join(run.text for run in runs))
    return own + sum(_count_runs(run.note) for run in runs if run.note)
