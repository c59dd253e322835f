from typing import Any

from django.db import models
from django.utils.translation import get_language


class Translated(models.Model):
    """Reference data whose words have translations beside them.

    ``translations`` is {language: {field: text}}, loaded from the catalogue's translation files.
    """

    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def wording(self, field: str, language: str) -> tuple[Any, str]:
        """The text of ``field`` in ``language`` if there is one, else the original; and the language it is in."""
        translated = self.translations.get(language, {}).get(field)
        return (translated, language) if translated else (getattr(self, field), self.original_language)

    def said(self, field: str) -> Any:
        """The text of ``field`` in the language of the moment if there is one, else the original."""
        return self.wording(field, (get_language() or "en").partition("-")[0])[0]

    def translated(self, field: str) -> dict[str, Any]:
        """{language: text} of the translations that ``field`` has."""
        return {language: words[field] for language, words in self.translations.items() if words.get(field)}

    @property
    def original_language(self) -> str:
        return "en"


class Correctable(models.Model):
    """Reference data that a catalogue editor may correct; the next load of the catalogue keeps the correction."""

    corrected = models.JSONField(default=list, blank=True, editable=False)  # names of the corrected fields

    class Meta:
        abstract = True


class Searchable(models.Model):
    """Reference data that is searched: ``folded`` holds its words in all languages, folded."""

    folded = models.TextField(blank=True, editable=False)

    class Meta:
        abstract = True
