"""What the program says stands in the catalogue of every language, in the words of the United Nations."""

import re
from datetime import date

import polib
import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import formats, translation
from django.utils.translation import gettext, ngettext

from config import messages

LETTERS = {"ar": "\u0600-\u06ff", "ru": "\u0400-\u04ff", "zh": "\u3400-\u9fff"}
SAME = 0.06  # of French and Spanish words that are written as in English ("Question", "Article")


@pytest.fixture
def arabic(translated):
    """The product's Arabic, active."""
    with translation.override("ar"):
        yield


@pytest.fixture(scope="module", params=messages.languages())
def po(request):
    return polib.pofile(str(messages.catalogue(request.param)))


def test_every_word_of_the_program_is_translated_and_none_is_uncertain(po):
    assert [message.msgid for message in messages.missing(po)] == []
    assert [entry.msgid for entry in po if entry.fuzzy and not entry.obsolete] == []


def test_placeholders_are_the_same_in_both_languages(po):
    assert messages.misplaced(po) == []


def test_no_translation_was_left_in_english(po):
    names = {"Servanda", "Word", "Excel"}
    translated = [entry for entry in po if entry.translated() and entry.msgid not in names]
    said = [
        (entry.msgid, form)
        for entry in translated
        if messages.PLACEHOLDER.sub("", entry.msgid).strip(" .:,()")
        for form in (entry.msgstr_plural.values() or [entry.msgstr])
    ]
    letters = LETTERS.get(po.metadata["Language"])
    if letters:  # what is all placeholders and marks has none
        said = [(words, form) for words, form in said if re.search("[A-Za-z]", messages.PLACEHOLDER.sub("", form))]
    left = [words for words, form in said if (not re.search(f"[{letters}]", form) if letters else words == form)]

    assert len(left) <= (0 if letters else len(said) * SAME), left


def test_a_plural_has_as_many_forms_as_its_language(po):
    forms = set(range(messages.plurals(po)))

    assert [entry.msgid for entry in po if entry.msgid_plural and set(entry.msgstr_plural) != forms] == []


def test_messages_are_found_in_python_and_in_templates(tmp_path, settings):
    (tmp_path / "accounts").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "accounts" / "words.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext as plural, pgettext_lazy\n"
        "A = [_('one ' 'sentence'), pgettext_lazy('contribution', 'Sent')]\n"
        "def said(n): return plural('%(n)d day', '%(n)d days', n)\n"
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}{% translate \"It's here\" %}{{ x|default:_('None') }}{% translate 'Open' context 'round' %}"
        "{% blocktranslate count n=n trimmed %}\n {{ n }} row\n{% plural %} {{ n }} rows {% endblocktranslate %}"
    )
    settings.BASE_DIR = tmp_path

    found = messages.collect()

    months = list(messages._django_words())
    assert sorted(set(found) - set(months)) == sorted(
        [
            messages.Message("one sentence"),
            messages.Message("Sent", context="contribution"),
            messages.Message("%(n)d day", "%(n)d days"),
            messages.Message("It's here"),
            messages.Message("None"),
            messages.Message("Open", context="round"),
            messages.Message("%(n)s row", "%(n)s rows"),
        ]
    )


def test_a_lost_placeholder_is_found():
    po = polib.POFile()
    po.append(polib.POEntry(msgid="%(name)s has %(count)d", msgstr="%(name)s"))
    po.append(polib.POEntry(msgid="of {limit}", msgstr="من {limite}"))

    assert messages.misplaced(po) == ["%(name)s has %(count)d (-1): %(name)s", "of {limit} (-1): من {limite}"]


def test_dates_name_the_month_twice_with_western_digits(arabic):
    shown = Template("{{ day|date }} | {{ day|date:'j M' }} | {{ day|date:'j N' }}").render(
        Context({"day": date(2027, 3, 31)})
    )

    assert shown == "31 آذار/مارس 2027 | 31 آذار/مارس | 31 آذار/مارس"


def test_thousands_are_separated_by_a_comma(arabic):
    assert formats.number_format(21200, use_l10n=True, force_grouping=True) == "21,200"


def test_arabic_counts_in_six_forms(arabic):
    sentence = ("One section is not cleared yet.", "%(count)d sections are not cleared yet.")

    said = [ngettext(*sentence, count) % {"count": count} for count in [0, 1, 2, 3, 11, 100]]

    assert said == [
        "لا توجد أقسام غير مُجازة.",
        "قسم واحد لم يُجَز بعد.",
        "قسمان لم يُجازا بعد.",
        "3 أقسام لم تُجَز بعد.",
        "11 قسماً لم تُجَز بعد.",
        "100 قسم لم تُجَز بعد.",
    ]


def test_the_title_of_a_report_reads_as_in_the_documents_of_the_treaty_bodies(arabic):
    names = {"first": gettext("second"), "state": "قمر", "article": "73", "treaty": gettext("Convention")}

    title = gettext("%(first)s periodic report submitted by %(state)s") % names
    title = gettext("%(title)s under article %(article)s of the %(treaty)s") % {**names, "title": title}
    title = gettext("%(title)s, due in %(year)d") % {"title": title, "year": 2027}

    assert title == "التقرير الدوري الثاني المقدم من قمر بموجب المادة 73 من الاتفاقية، الواجب تقديمه في عام 2027"


def test_every_language_offered_beside_english_has_a_catalogue():
    assert sorted(code for code, _name in settings.LANGUAGES if code != "en") == messages.languages()
