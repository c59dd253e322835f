"""The libraries of the demonstration: kept before the reports that cite them, changed after."""

import dataclasses
import datetime
from typing import Any

from django.core.files.base import ContentFile

from config.demonstration import files
from config.demonstration.states import World, read
from reporting.reports.services.library import ItemFacts, add_item, edit_item

FACTS = [field.name for field in dataclasses.fields(ItemFacts)]


def build(world: World) -> None:
    for said in read("library")["items"]:
        file = said.get("file")
        with world.clock.on(said["day"]):
            handed_in = ContentFile(files.letter({**file, "title": said["title"]}), name=file["name"]) if file else None
            item = add_item(_facts(said), by=world.person(said["state"], said["by"]), file=handed_in)
        world.items[(said["state"], said["key"])] = item


def change(world: World) -> None:
    """What changed after the reports had cited it, so that their entries are marked."""
    for said in read("library")["items"]:
        if "changed" in said:
            item = world.items[(said["state"], said["key"])]
            with world.clock.on(said["changed"]["day"]):
                by = world.person(said["state"], said["by"])
                edit_item(item, _facts({**said, **said["changed"]}), revision=item.revision, by=by)


def _facts(said: dict[str, Any]) -> ItemFacts:
    facts = {name: said[name] for name in FACTS if name in said}
    if "valid_until" in facts:
        facts["valid_until"] = datetime.date.fromisoformat(facts["valid_until"])
    return ItemFacts(**facts)
