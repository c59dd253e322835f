"""Make the virtual environment and fill it; runs on any Python, before anything is installed.

    python3 config/bootstrap.py [--dev]

Says in one sentence what is wrong and how to mend it: an old Python, a missing venv package, a
folder that cannot be written, no network. Runs in no time when there is nothing to do.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")


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


def install(files: list) -> None:
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    for name in files:
        command += ["-r", os.path.join(ROOT, name)]
    if subprocess.call(command) != 0:
        fail(
            "the packages could not be installed (see above). The first set-up needs a connection to a "
            "Python package index; behind a proxy set HTTPS_PROXY, with a mirror set PIP_INDEX_URL."
        )


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
    if not os.path.exists(python()):
        print("Making the virtual environment …")
        if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
            fail(f"the virtual environment could not be made in {VENV}.")
    print("Installing packages, about half a minute …")
    install(files)
    with open(stamp, "w") as file:
        file.write(digest)


if __name__ == "__main__":
    main()
