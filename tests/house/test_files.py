"""What must hold of the repository's own files."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_hashed_without_index_lines(name: str):
    lines = (ROOT / name).read_text().splitlines()

    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert [line for line in packages if "==" not in line] == []
    assert [line for line in lines if line.strip().startswith("-") and not line.strip().startswith("--hash")] == []
    assert len([line for line in lines if "--hash=sha256:" in line]) >= len(packages)
    assert [line for line in lines if "://" in line] == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_direct_dependency_stands_under_its_reason(name: str):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line.strip()]
    reasonless = []
    reason = False
    for line in lines:
        if line.startswith("#"):
            reason = True
        elif not line.startswith(("-c", "pytest-")) and not reason:
            reasonless.append(line)
        else:
            reason = line.startswith(("pytest", "-c"))  # the plug-ins stand under pytest's reason

    assert reasonless == []


def test_no_binary_or_third_party_file_is_kept():
    kinds = {".ttf", ".otf", ".woff", ".woff2", ".mo", ".jar", ".whl", ".zip", ".sqlite3"}

    assert [path.name for path in tracked() if path.suffix in kinds or path.name.endswith(".min.js")] == []


def test_the_project_speaks_of_itself_alone():
    """No path of a machine, and nothing that is half there."""
    stray = re.compile(r"(/work/|/root/|\bTODO\b|\bFIXME\b|[Cc]oming soon|[Ll]orem ipsum)")
    this = Path(__file__)
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path != this and path.suffix in {".py", ".md", ".html", ".js", ".css", ".yaml", ".toml", ".in", ""}
        for match in [stray.search(path.read_text(errors="ignore"))]
        if match
    ]

    assert wrong == []


def test_no_file_of_code_grows_past_four_hundred_lines():
    """A file that nears 400 lines becomes a package; those that stay whole say why here."""
    whole: set[str] = set()
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts and "tests" not in path.parts
    }

    assert {name: lines for name, lines in long.items() if lines > 420 and name not in whole} == {}
