"""A part of a page that is drawn once for the same data, and kept."""

import dataclasses
import functools
import hashlib
import json
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import caches
from django.template.loader import get_template
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def kept(name: str, fresh: str = "", slot: str = "", **given: Any) -> SafeString:
    """The template with nothing but what is given, drawn anew only when any of that is another.

    Everything given is plain data, and all of it is in the name under which the part is kept: nobody gets what was
    drawn from other data. Two things are put into what was kept and are not in its name: ``fresh``, an identifier
    that the data holds anew each time, and ``slot``, which the template has as ``slot``, already drawn. Where
    templates may change while the process runs, nothing is kept.
    """
    parts, said = caches["parts"], json.dumps([name, get_language(), given], default=_said, ensure_ascii=False)
    for_fresh, for_slot = _stands_for("fresh")[: len(fresh)], _stands_for("slot")
    if fresh:
        said = said.replace(fresh, for_fresh)
    key = hashlib.blake2b(said.encode(), digest_size=20).hexdigest()
    found = None if settings.DEBUG else parts.get(key)
    if found is None:
        found = str(get_template(name).render({**given, "slot": for_slot}))
        if fresh:
            found = found.replace(fresh, for_fresh)
        parts.set(key, found)
    if fresh:
        found = found.replace(for_fresh, fresh)
    return mark_safe(found.replace(for_slot, conditional_escape(slot)))  # noqa: S308 - a template drew it


@functools.cache
def _stands_for(name: str) -> str:
    """What nobody can write into a text, in the place of something."""
    return salted_hmac("accounts.kept", name).hexdigest()


def _said(value: Any) -> Any:
    """Sentences that are translated late, and records; anything else that is not plain data is a mistake of ours."""
    if isinstance(value, Promise):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"{type(value).__name__} is not plain data: {value!r}")
