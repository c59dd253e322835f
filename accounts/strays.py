"""Stored files that no row names: an upload whose transaction never came to an end, or a row that is gone.

Looked for about once a day by a job. A file counts as named where a row of any table names it, or a
row of a history. Only the folders that file fields write to are looked at.
"""

import datetime
import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import jobs
from accounts.models import Job

log = logging.getLogger("servanda")

KIND = "stray_files"
EVERY = datetime.timedelta(hours=23)  # of a day: a tick that comes a little early does not lose the day
YOUNG = datetime.timedelta(days=1)  # a transaction may still be under way, or a person at the form


@dataclass(frozen=True)
class Field:
    """A file field: where its rows name files, and where it writes them."""

    model: type[models.Model]
    name: str
    folder: Path


def due() -> None:
    """Ask for the job, unless it was asked for within the day."""
    if not Job.objects.filter(kind=KIND, asked_at__gt=timezone.now() - EVERY).exists():
        jobs.start(KIND, by=None, label="", arguments={})


@jobs.kind(KIND)
def work(running: jobs.Running) -> None:
    running.remember(**sweep(now=timezone.now()))


def sweep(*, now: datetime.datetime) -> dict[str, int]:
    """Delete the files that no row names and that are older than a day: {"files", "named", "deleted"}.

    Raises jobs.Failed, and deletes nothing, where the database names fewer than half of the files: it is then
    the wrong one, or an empty one, and not the files are at fault.
    """
    fields = list(_fields())
    folders = sorted({field.folder for field in fields})
    there = {path for folder in folders for path, _name, _at in _files(folder)}
    named = _named(fields)  # after the files were listed: whoever stores one now names it in a row that is seen
    known = len(there & named)
    if known * 2 < len(there):
        said = {"named": known, "files": len(there)}
        log.error("stray files: the database names %(named)s of %(files)s files; nothing was deleted", said)
        raise jobs.Failed(_("The database names only %(named)s of %(files)s stored files. Nothing was deleted.") % said)
    deleted = sum(_delete(folder, there - named, now) for folder in folders)
    return {"files": len(there), "named": known, "deleted": deleted}


def _fields() -> Iterator[Field]:
    """All file fields whose files lie on this machine; other stores have rules of their own for what nobody names."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and isinstance(field.storage, FileSystemStorage):
                top = str(field.upload_to).split("/")[0]
                if top:  # without a folder of its own, anything could be its file
                    yield Field(model, field.name, Path(field.storage.location) / top)


def _named(fields: list[Field]) -> set[Path]:
    """The files that rows name: of the tables as they are, and of their histories."""
    found: set[Path] = set()
    for field in fields:
        for model in filter(None, (field.model, _history(field.model))):
            names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
            found.update(field.folder.parent / name for name in names.distinct().iterator() if name)
    return found


def _history(model: type[models.Model]) -> Any:
    manager = getattr(model, getattr(model._meta, "simple_history_manager_attribute", ""), None)
    return manager.model if manager is not None else None


def _files(folder: Path) -> Iterator[tuple[Path, int, os.stat_result]]:
    """Plain files under a folder, each with the open folder that it lies in. No link is followed, not even the folder's
    own; what cannot be read is said and left alone.
    """
    if not folder.is_dir():
        return
    for place, _folders, names, descriptor in os.fwalk(folder, onerror=_unread):
        for name in names:
            try:
                found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            except OSError as error:
                _unread(error)
                continue
            if stat.S_ISREG(found.st_mode):
                yield Path(place) / name, descriptor, found


def _unread(error: OSError) -> None:
    log.warning("stray files: %s", error)


def _delete(folder: Path, strays: set[Path], now: datetime.datetime) -> int:
    """Delete those of the strays that are old enough, by name in the open folder, so that no link leads elsewhere."""
    before, count = (now - YOUNG).timestamp(), 0
    for path, descriptor, found in _files(folder):
        if path not in strays or found.st_mtime > before:
            continue
        try:
            os.unlink(path.name, dir_fd=descriptor)
        except OSError as error:
            _unread(error)
            continue
        log.info("stray files: %s is deleted, no row names it", path)
        count += 1
    return count
