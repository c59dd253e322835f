"""Costs as ratios against bare reference code of the same run; never a verdict."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exports import bench as exports_bench


class Command(BaseCommand):
    help = "Measure exports beside the bare libraries, in one run, and print the ratios."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: Any, **options: Any) -> None:
        for name, ratio in exports_bench.measure(options["rounds"]).items():
            self.stdout.write(f"{name:24} {ratio:6.2f}  at most {exports_bench.LIMITS[name]}")
