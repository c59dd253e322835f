"""What the page of a section says by script: sentences with a number, in all the forms of the reader's language."""

from collections.abc import Callable

from django.utils.translation import ngettext

# One number of each plural form that a language may have, in the order of the page: zero, one, two, few, many, other.
NUMBERS = (0, 1, 2, 3, 11, 100)


def forms(said: Callable[[int], str]) -> str:
    """The forms of a sentence, with | between; {count} stays for the page to fill in."""
    return "|".join(said(number) for number in NUMBERS)


def parts() -> dict[str, str]:
    """The context of reports/section/_parts.html."""
    return {
        "plain": forms(lambda n: ngettext("{words} word in section {code}", "{words} words in section {code}", n)),
        "pasted": forms(lambda n: ngettext("{count} paragraph was pasted.", "{count} paragraphs were pasted.", n)),
        "images": forms(lambda n: ngettext("{count} image was left out.", "{count} images were left out.", n)),
        "tables": forms(
            lambda n: ngettext("{count} table came as lines of text.", "{count} tables came as lines of text.", n)
        ),
        "filled": forms(lambda n: ngettext("{count} cell was filled.", "{count} cells were filled.", n)),
        "overflow": forms(
            lambda n: ngettext("{count} value did not fit the table:", "{count} values did not fit the table:", n)
        ),
        "unread": forms(lambda n: ngettext("{count} cell cannot be read:", "{count} cells cannot be read:", n)),
        "things": forms(
            lambda n: ngettext(
                "{count} thing that is no text was left out.", "{count} things that are no text were left out.", n
            )
        ),
    }
