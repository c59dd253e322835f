"""Why a format cannot be made."""


class CannotRender(Exception):
    """The document cannot be drawn in this format; the text is a sentence that helps.

    ``script`` names the script that stands in the way ("Arabic"), so that the page can say it in its own language.
    """

    def __init__(self, sentence: str, *, script: str = "") -> None:
        super().__init__(sentence)
        self.script = script
