"""PDF files in every language: what a reader takes out of them is what was put in."""

import logging
import re
import subprocess
import unicodedata

import pytest

from exports.document import Document, Run, Section
from exports.formats.pdf import directions, render, shaping
from exports.formats.pdf.lines import Look, Piece, break_lines
from exports.formats.pdf.shaping import SETTING, setting
from exports.formats.pdf.text import Style, prose
from tests.exports.documents import paragraph
from tests.exports.reading import letters, pdf_text

SENTENCES = {
    "en": "The Act entered into force on 1 July 2023; it forbids “any fee” (article 9) – office, affairs, efficient.",
    "fr": "La loi n° 12 est entrée en vigueur le 1ᵉʳ juillet 2023 : elle interdit « tous frais » ; œuvre, cœur, Noël.",
    "es": "¿Qué prohíbe la Ley núm. 12? Entró en vigor el 1 de julio de 2023: niñez, migración, pingüino.",
    "ru": "Закон № 12 вступил в силу 1 июля 2023 года; он запрещает «любые сборы» — ёлка, подъезд.",
    "ar": "دخل القانون رقم 12 حيز النفاذ في 1 تموز/يوليه 2023 (المادة 9)؛ وهو يحظر أي رسوم على العمال، لا سيما الإناث.",
    "zh": "《私营职业介绍所法》（2023年第12号法）于2023年7月1日生效，禁止收取“任何费用”；国际劳工组织（ILO）予以肯定。",
    "hi": "प्रवासी श्रमिकों के अधिकारों का संरक्षण कानून 1 जुलाई 2023 को लागू हुआ; क्षेत्र, ज्ञान, स्त्री, धर्म, कृषि।",
}


# Language of the document, of a paragraph, and whether its lines end at the left and begin at the right.
_SIDES = [("ar", "en", False), ("ar", "ar", True), ("en", "ar", True), ("en", "ru", False)]


def document(language, *parts):
    direction = "rtl" if language == "ar" else "ltr"
    sections = (Section("66", blocks=(paragraph(1, *parts),)),)
    return Document("1", language=language, direction=direction, sections=sections)


def taken_out(data, tmp_path):
    """The text as pdftotext finds it on the page, without its marks of direction and without blanks."""
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, capture_output=True).stdout.decode()
    text = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return unicodedata.normalize("NFC", letters(text))


@pytest.fixture
def language(request):
    token = SETTING.set(setting(request.param, "rtl" if request.param == "ar" else "ltr"))
    yield request.param
    SETTING.reset(token)


@pytest.mark.parametrize("code", SENTENCES)
def test_text_taken_out_of_the_page_is_the_text_of_the_document(code, tmp_path):
    sentence = SENTENCES[code] * 6

    text, wanted = taken_out(render(document(code, sentence)), tmp_path), letters(sentence)

    if code == "ar":  # pdftotext turns brackets between figures and letters round by itself
        text, wanted = (re.sub(r"[()]", "", each) for each in (text, wanted))
    assert wanted in text


@pytest.mark.parametrize("code", SENTENCES)
def test_another_reader_finds_the_same_letters_in_the_same_order(code):
    text = pdf_text(render(document(code, SENTENCES[code])))

    def bare(words):
        return re.sub(r"[^\w]", "", words)

    assert bare(SENTENCES[code]) in bare(text)


def test_vowel_signs_and_a_doubled_letter_keep_their_place(tmp_path):
    sentence = "قُدِّمَ التقريرُ إلى اللّجنةِ المعنيّة بحماية حقوق جميع العمّال المهاجرين"

    assert letters(sentence) in taken_out(render(document("ar", sentence)), tmp_path)


def test_a_word_that_is_half_bold_is_whole(tmp_path):
    data = render(document("ar", "ال", Run("تقرير", bold=True), " الثاني"))

    assert "التقريرالثاني" in taken_out(data, tmp_path)


@pytest.mark.parametrize("language", ["ar"], indirect=True)
def test_letters_join_across_a_change_to_bold(language):
    line = break_lines([Piece("عم", Look("regular", 10)), Piece("ل", Look("bold", 10))], 200)[0]
    whole = shaping.face("arabic", "regular").shape("عمل", rtl=True, script="Arab")

    found = [glyph[0] for bit in reversed(line.bits) for glyph in bit[0].glyphs]
    assert found[1:] == [glyph[0] for glyph in whole.glyphs[1:]]  # the last letter is that of the bold face
    alone = shaping.face("arabic", "bold").shape("ل", rtl=True, script="Arab")
    assert found[0] != alone.glyphs[0][0]


@pytest.mark.parametrize("language", ["ar"], indirect=True)
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("رقم 12 في", "يف 12 مقر"),
        ("انخفض -5 ثم", "مث -5 ضفخنا"),
        ("المنظمة (ILO) هنا", "انه (ILO) ةمظنملا"),
        ("الوثيقة CMW/C/ARC/2 (a) هنا", "انه CMW/C/ARC/2 (a) ةقيثولا"),
        ("1.", ".1"),
        ("CMW/C/ARC/2", "CMW/C/ARC/2"),
    ],
)
def test_numbers_and_brackets_stand_the_right_way_round_in_arabic(language, text, seen):
    base = 1 if text == "1." else directions.base_level(text, rtl=True)

    found = "".join(text[at] for at in directions.visual(directions.levels(text, base)))

    mirrored = str.maketrans("()", ")(")
    assert seen in (found, found.translate(mirrored))


def test_figures_of_a_cell_run_from_left_to_right_in_arabic():
    assert directions.base_level("−1,250.5", rtl=True) == 0


@pytest.mark.parametrize(("language", "text", "right"), _SIDES, indirect=["language"])
def test_a_paragraph_of_the_other_direction_begins_at_its_own_side(language, text, right):
    made = prose(SENTENCES[text] * 3, Style(size=10, leading=14))
    made.wrap(240, 800)
    short = min(made.lines, key=lambda line: line.width)

    assert (made._begin(short, language == "ar") > 1) is right


@pytest.mark.parametrize("language", ["zh"], indirect=True)
def test_chinese_lines_neither_begin_with_closing_marks_nor_end_with_opening_ones(language):
    text = SENTENCES["zh"] * 12

    for room in range(60, 200, 7):
        lines = [line.text.strip() for line in break_lines([Piece(text, Look("regular", 10))], room)]

        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in "、。，；）》”" or line[-1] in "（《“"]
        assert all("ILO" in line or "IL" not in line for line in lines)


@pytest.mark.parametrize("language", ["ar"], indirect=True)
def test_arabic_letters_are_joined(language):
    shaped = shaping.face("arabic", "regular").shape("عمل", rtl=True, script="Arab")
    alone = [shaping.face("arabic", "regular").shape(each, rtl=True, script="Arab").glyphs[0][0] for each in "عمل"]

    assert not {glyph[0] for glyph in shaped.glyphs} & set(alone)
    assert [glyph[1] for glyph in shaped.glyphs] == ["ل", "م", "ع"]


def test_a_character_that_is_lacking_is_drawn_as_a_box_and_told(caplog):
    with caplog.at_level(logging.ERROR):
        data = render(document("en", "Before 🜚 after"))

    assert "No face of the PDF files has U+1F71A" in caplog.text
    assert "Before" in pdf_text(data)
