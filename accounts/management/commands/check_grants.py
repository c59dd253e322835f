from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import permissions


class Command(BaseCommand):
    help = "List grants that the facts do not justify, and those that are missing. Exit status 1 if there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for model in permissions.guarded_models():
            for obj in model._default_manager.order_by("pk").iterator():
                surplus, missing = permissions.drift(obj)
                for word, grants in (("surplus", surplus), ("missing", missing)):
                    for grant in sorted(grants, key=str):
                        holder = f"group {grant.group_id}" if grant.group_id else f"person {grant.user_id}"
                        self.stdout.write(f"{word}: {model._meta.label} {obj.pk} {grant.permission} {holder}")
                        wrong += 1
        if wrong:
            raise CommandError(f"{wrong} grants differ from the facts.")
        self.stdout.write("All grants follow from the facts.")
