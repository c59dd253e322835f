"""Costs as ratios against reference code, or a smaller load, of the same run; never a verdict."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import bench as pages
from config import bench_saving as saving
from exports import bench as files
from exports import bench_office as office


class Command(BaseCommand):
    help = (
        "Measure exports beside the bare libraries, home and the lists at 200 reports beside 20, a save and the page "
        "of a section beside bare views, each in one run, and print the ratios."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: Any, **options: Any) -> None:
        for side in (files, office, pages, saving):
            for name, ratio in side.measure(options["rounds"]).items():
                self.stdout.write(f"{name:24} {ratio:6.2f}  at most {side.LIMITS[name]}")
