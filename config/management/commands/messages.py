"""Bring the catalogues of messages up to date with the code."""

from typing import Any

import polib
from django.core.management.base import BaseCommand

from config import messages


class Command(BaseCommand):
    help = "Add new messages to each catalogue, mark gone ones as obsolete, and say how many lack a translation."

    def handle(self, *args: Any, **options: Any) -> None:
        for language in messages.languages():
            path = messages.catalogue(language)
            po = polib.pofile(str(path), wrapwidth=110)
            wanted = messages.collect()
            self._add(po, wanted)
            po.save()
            lacking = messages.missing(po)
            fuzzy = [entry for entry in po if entry.fuzzy]
            self.stdout.write(f"{language}: {len(wanted)} messages, {len(lacking)} missing, {len(fuzzy)} fuzzy")
            for message in lacking:
                self.stdout.write(f"  {message.msgid}")

    def _add(self, po: polib.POFile, wanted: list[messages.Message]) -> None:
        known = {(entry.msgid, entry.msgctxt or ""): entry for entry in po}
        keys = {message.key for message in wanted}
        for message in wanted:
            entry = known.get(message.key)
            if entry is None or bool(entry.msgid_plural) != bool(message.plural):
                if entry is not None:
                    po.remove(entry)
                entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context or None)
                if message.plural:
                    entry.msgid_plural = message.plural
                    entry.msgstr_plural = dict.fromkeys(range(messages.plurals(po)), "")
                if messages.PLACEHOLDER.search(message.msgid + message.plural):
                    entry.flags.append("python-format")
                po.append(entry)
            else:
                entry.obsolete = False
                entry.msgid_plural = message.plural
        for key, entry in known.items():
            if key not in keys:
                entry.obsolete = True
