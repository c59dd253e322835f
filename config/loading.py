"""Templates are read without their indentation: it is for those who write them, and a page travels lighter without."""

import re
from typing import Any

from django.template import Origin
from django.template.loaders import filesystem

_INDENT = re.compile(r"\n[ \t\n]+")


class Loader(filesystem.Loader):
    """As Django's own. Text that people wrote is put in later, and is never touched."""

    def get_contents(self, origin: Origin) -> Any:
        text = super().get_contents(origin)
        return _INDENT.sub("\n", text) if str(origin.name).endswith(".html") else text
