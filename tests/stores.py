"""A store of files as a service elsewhere keeps them: objects under names, no path on this machine."""

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage


class Elsewhere(Storage):
    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def _open(self, name: str, mode: str = "rb") -> File:
        if name not in self.objects:
            raise FileNotFoundError(name)
        return ContentFile(self.objects[name], name=name)

    def _save(self, name: str, content: File) -> str:
        self.objects[name] = content.read()
        return name

    def delete(self, name: str) -> None:
        self.objects.pop(name, None)

    def exists(self, name: str) -> bool:
        return name in self.objects
