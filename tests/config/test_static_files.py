"""Scripts as they are served: one file for each page, with all that it imports."""

import re
from collections import Counter
from pathlib import Path

import pytest

from config.static_files import ENTRIES, bundle

STATIC = Path(__file__).resolve().parents[2] / "config" / "static"
NAME = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.M)


def read(name: str) -> str:
    return (STATIC / name).read_text()


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_script_is_served_with_all_that_it_imports_and_imports_nothing(entry):
    served = bundle(entry, read)

    assert re.findall(r"^\s*(?:import|export)\b.*", served, re.M) == []
    assert set(NAME.findall(read(entry))) <= set(NAME.findall(served))


@pytest.mark.parametrize("entry", ENTRIES)
def test_names_at_the_top_of_modules_are_apart(entry):
    twice = [name for name, count in Counter(NAME.findall(bundle(entry, read))).items() if count > 1]

    assert twice == []
    assert re.findall(r"^(?:const|let) [{[].*", bundle(entry, read), re.M) == []


def test_a_module_comes_once_and_before_what_needs_it():
    files = {
        "a/main.js": 'import { one } from "./x/one.js";\nimport "./x/two.js";\none();\n',
        "a/x/one.js": "/* said at length */\nexport function one() {}\n",
        "a/x/two.js": 'import { one } from "./one.js";\nexport const two = one;\n',
    }

    assert bundle("a/main.js", files.__getitem__) == "function one() {}\nconst two = one;\none();\n"


def test_no_module_of_script_grows_past_four_hundred_lines():
    long = {path.name: len(path.read_text().splitlines()) for path in STATIC.rglob("*.js")}

    assert {name: lines for name, lines in long.items() if lines > 400} == {}
