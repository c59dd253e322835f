"""Whatever two translators and a coordinator do, in any order: what was acknowledged stands, or stands in the past."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from reporting.reports.models import Translation, TranslationVersion
from reporting.reports.services.translation import TranslationEdit, save_translations
from tests import factories
from tests.reporting.reports import factories as made
from tests.reporting.reports.translating import sources, translated
from tests.routes.matrix import undone

pytestmark = pytest.mark.django_db
WORDS = st.sampled_from(["One", "Two", "Three words here", ""])
# (who, how far back the page was opened, text)
STEPS = st.lists(st.tuples(st.sampled_from(["thuraya", "tala"]), st.integers(0, 2), WORDS), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_acknowledged_translation_is_lost(world, steps):
    cast, section = world
    ((key, digest),) = sources(section).items()
    with undone():
        acknowledged = []
        for who, back, text in steps:
            row = Translation.objects.filter(section=section, key=key).first()
            base = max(0, (row.version if row else 0) - back)
            saved = save_translations(section, [TranslationEdit(key, base, digest, text)], by=getattr(cast, who))
            if key in saved.changed:
                acknowledged.append((who, text))
            elif key in saved.clashes:
                assert (saved.clashes[key].mine, saved.clashes[key].theirs.text) == (text, row.text)

        past = TranslationVersion.objects.filter(translation__section=section).order_by("number")
        assert [(each.by_name.lower(), each.text) for each in past] == acknowledged
        assert [each.number for each in past] == list(range(1, len(acknowledged) + 1))
        row = Translation.objects.filter(section=section).first()
        assert (row.text if row else None) == (acknowledged[-1][1] if acknowledged else None)


@pytest.fixture
def world(cast):
    section = made.section(translated(cast), "f1")
    cast.tala = factories.member("Tala", cast.mechanism, Role.TRANSLATOR)
    return cast, section
