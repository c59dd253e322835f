"""Make the virtual environment and fill it; runs on any Python 3.6 or later, before anything is installed.

    python3 config/bootstrap.py [--dev]

Says in one sentence what is wrong and how to mend it: an old Python, a missing venv package, a
folder that cannot be written, a full disk, no network. What was half made is made again by the
next start. Runs in no time when there is nothing to do.
"""

import hashlib
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")

FULL = "the disk is full. Make room (about 500 MB) and run the same command again."
NO_INDEX = (
    "no Python package index answers. The first set-up needs a connection to one; behind a proxy set HTTPS_PROXY, "
    "with a mirror set PIP_INDEX_URL. Then run the same command again."
)
# What stands in the output of venv and pip -> the sentence; the first that fits.
CAUSES = [
    (("No space left on device", "Disk quota exceeded"), FULL),
    (
        ("DO NOT MATCH THE HASHES",),
        "a package is not the one that was recorded here, so nothing was installed. Tell whoever runs the index.",
    ),
    (
        ("Could not find a version", "No matching distribution", "NewConnectionError", "ProxyError", "timed out"),
        NO_INDEX,
    ),
    (("Permission denied", "Read-only file system"), f"the folder {ROOT} cannot be written. Change its rights."),
]


def fail(sentence: str) -> None:
    sys.stderr.write("\nServanda cannot be set up: " + sentence + "\n\n")
    sys.exit(1)


def check_python() -> None:
    if sys.version_info < (3, 11):
        fail(
            "this is Python {}.{}, and it needs 3.11 or later. "
            "Install a newer one and run: make run PYTHON=python3.11".format(*sys.version_info[:2])
        )
    try:
        import ensurepip  # noqa: F401 - Debian ships venv without it, in a package of its own
        import venv  # noqa: F401
    except ImportError:
        fail(
            "this Python has no venv. On Debian or Ubuntu install it with: apt install python{}.{}-venv".format(
                *sys.version_info[:2]
            )
        )
    if not os.access(ROOT, os.W_OK):
        fail(f"the folder {ROOT} cannot be written. Copy it to a folder of your own, or change its rights.")


def wanted(files: list) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in files:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def python() -> str:
    folder = "Scripts" if os.name == "nt" else "bin"
    return os.path.join(VENV, folder, "python")


def sentence_for(output: str, otherwise: str) -> str:
    """The cause that the output of venv or pip tells, in one sentence."""
    for signs, sentence in CAUSES:
        if any(sign in output for sign in signs):
            return sentence
    return otherwise


def carry_out(command: list, otherwise: str) -> None:
    """Run a command quietly; when it fails, say why, and keep its own words in a file."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, check=False)
    if done.returncode == 0:
        return
    output = done.stdout.decode(errors="replace")
    log = os.path.join(tempfile.gettempdir(), "servanda-set-up.log")
    try:
        with open(log, "w") as file:
            file.write(output)
        otherwise += f" What it said stands in {log}."
    except OSError:
        otherwise += " " + output.strip()[-400:]
    fail(sentence_for(output, otherwise))


def has_pip() -> bool:
    """Whether the environment is whole: one that was interrupted may have a Python and nothing else."""
    if not os.path.exists(python()):
        return False
    said = subprocess.run(
        [python(), "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return said.returncode == 0


def install(files: list) -> None:
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    command += ["--retries", "2"]
    for name in files:
        command += ["-r", os.path.join(ROOT, name)]
    carry_out(command, "the packages could not be installed.")


def main() -> None:
    check_python()
    files = ["requirements.txt"] + (["requirements-dev.txt"] if "--dev" in sys.argv else [])
    stamp = os.path.join(VENV, "servanda-dev" if "--dev" in sys.argv else "servanda-run")
    digest = wanted(files)
    try:
        with open(stamp) as file:
            if file.read() == digest and os.path.exists(python()):
                return
    except OSError:
        pass
    if not has_pip():
        print("Making the virtual environment …")
        carry_out(
            [sys.executable, "-m", "venv", "--clear", VENV], f"the virtual environment could not be made in {VENV}."
        )
    print("Installing packages, about half a minute …")
    install(files)
    with open(stamp, "w") as file:
        file.write(digest)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again to go on.\n")
        sys.exit(130)
