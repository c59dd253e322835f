"""Writing a file where a person on the command line wants it: whole, or not at all."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import CommandError


def write(path: str, data: bytes) -> None:
    """Put ``data`` at ``path``; what stood there stays until all is written. Raises CommandError with the reason."""
    wanted = Path(path)
    try:
        if wanted.exists() and not wanted.is_file():
            wanted.write_bytes(data)  # a pipe or a device is written as it is
            return
        with NamedTemporaryFile(dir=wanted.parent, prefix=f".{wanted.name}.", delete=False) as part:
            try:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
                os.chmod(part.name, 0o644)
                os.replace(part.name, wanted)
            except OSError:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
