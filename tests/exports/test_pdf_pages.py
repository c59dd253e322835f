"""Pages look as they did when somebody last looked at them, in every language."""

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.exports.draw_pages import KEPT, draw
from tests.exports.languages import TEXTS

# Mean difference of grey after blurring, of 255: another version of poppler stays below, another line of text does not.
TOLERANCE = 0.35


def difference(one, other):
    blurred = [Image.open(path).convert("L").filter(ImageFilter.GaussianBlur(1)) for path in (one, other)]
    assert blurred[0].size == blurred[1].size
    return ImageStat.Stat(ImageChops.difference(*blurred)).mean[0]


@pytest.mark.parametrize("language", TEXTS)
def test_the_page_of_a_language_looks_as_it_was_kept(language, tmp_path):
    assert difference(draw(language, tmp_path), KEPT / f"{language}.png") < TOLERANCE


def test_another_page_would_be_seen():
    assert difference(KEPT / "fr.png", KEPT / "es.png") > 2 * TOLERANCE
