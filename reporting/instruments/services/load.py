"""Writes the checked reference files: creates and changes rows, and keeps what an editor corrected."""

from typing import Any

from accounts.models import Agency
from reporting.instruments.models import (
    Fact,
    Instrument,
    InstrumentPart,
    Mandate,
    Mechanism,
    Provision,
    SdgTarget,
    Theme,
    ThemeProvision,
    WordLimit,
)
from reporting.instruments.references import natural
from reporting.instruments.services.reference import Reference
from reporting.instruments.services.writing import Values, bring_up_to_date, corrected
from reporting.text.folding import fold

Translations = dict[str, dict[str, dict[str, str]]]  # language: code: field: text


def write_reference(
    reference: Reference,
    *,
    mechanism_words: Translations,
    instrument_words: Translations,
    theme_words: Translations,
) -> tuple[dict[str, Instrument], dict[tuple[str, str, str], Provision], int]:
    """Bring the tables to what ``reference`` says; call it inside a transaction.

    Returns the instruments by code, the provisions by (code, article, paragraph), and how many rows changed.
    """
    mechanisms, changes = _mechanisms(reference, mechanism_words)
    instruments, count = _instruments(reference, mechanisms, instrument_words)
    changes += count
    parts, count = _parts(reference, instruments)
    changes += count + _facts(reference, instruments)
    provisions, count = _provisions(reference, instruments, parts)
    changes += count + _themes(reference, provisions, theme_words)
    return instruments, provisions, changes


def _mechanisms(reference: Reference, words: Translations) -> tuple[dict[str, Mechanism], int]:
    existing = {row.code: row for row in Mechanism.objects.all()}
    wanted = {
        code: {"code": code, **values, "translations": _translations(words, code, existing.get(code))}
        for code, values in reference.mechanisms.items()
    }
    rows, changes = bring_up_to_date(Mechanism, wanted, existing.values(), key=lambda row: row.code, keep=corrected)
    limits = {
        (code, kind): {"mechanism_id": rows[code].pk, **values} for (code, kind), values in reference.limits.items()
    }
    stored = WordLimit.objects.select_related("mechanism")
    _rows, count = bring_up_to_date(
        WordLimit, limits, stored, key=lambda row: (row.mechanism.code, row.report_kind), keep=corrected
    )
    return rows, changes + count


def _instruments(
    reference: Reference, mechanisms: dict[str, Mechanism], words: Translations
) -> tuple[dict[str, Instrument], int]:
    existing = {row.code: row for row in Instrument.objects.all()}
    wanted = {}
    for code, values in reference.instruments.items():
        translations = _translations(words, code, existing.get(code))
        wanted[code] = {
            "code": code,
            **{name: value for name, value in values.items() if name != "mechanism"},
            "mechanism_id": mechanisms[values["mechanism"]].pk if values["mechanism"] else None,
            "translations": translations,
        }
        said = as_it_will_be(existing.get(code), wanted[code], ("short_name", "title", "also_known_as"))
        wanted[code]["folded"] = folded_instrument(code, *said, translations=translations)
    return bring_up_to_date(Instrument, wanted, existing.values(), key=lambda row: row.code, keep=corrected)


def _translations(words: Translations, code: str, row: Any) -> dict[str, dict[str, str]]:
    """What the row has, with what the files say put over it."""
    found = dict(row.translations) if row is not None else {}
    return found | {language: by_code[code] for language, by_code in words.items() if code in by_code}


def as_it_will_be(row: Any, values: Values, names: tuple[str, ...]) -> list[str]:
    """The values of ``names`` after the load: the row's own where an editor corrected them."""
    kept = corrected(row) if row is not None else []
    return [getattr(row, name) if name in kept else values[name] for name in names]


def folded_instrument(code: str, *said: str, translations: dict[str, dict[str, str]]) -> str:
    return fold(" ".join([code, *said, *(text for words in translations.values() for text in words.values())]))


def _parts(reference: Reference, instruments: dict[str, Instrument]) -> tuple[dict[tuple[str, int], Any], int]:
    wanted = {
        (code, part["position"]): {"instrument_id": instruments[code].pk, **part}
        for code, parts in reference.parts.items()
        for part in parts
    }
    existing = InstrumentPart.objects.select_related("instrument")
    return bring_up_to_date(InstrumentPart, wanted, existing, key=lambda row: (row.instrument.code, row.position))


def _facts(reference: Reference, instruments: dict[str, Instrument]) -> int:
    wanted = {
        (code, fact["position"]): {"instrument_id": instruments[code].pk, **fact}
        for code, facts in reference.facts.items()
        for fact in facts
    }
    existing = Fact.objects.select_related("instrument")
    return bring_up_to_date(
        Fact, wanted, existing, key=lambda row: (row.instrument.code, row.position), keep=corrected
    )[1]


def _provisions(
    reference: Reference, instruments: dict[str, Instrument], parts: dict[tuple[str, int], Any]
) -> tuple[dict[tuple[str, str, str], Provision], int]:
    existing = {
        (row.instrument.code, row.article, row.paragraph): row for row in Provision.objects.select_related("instrument")
    }
    wanted: dict[tuple[str, str, str], Values] = {}
    for code, provisions in reference.provisions.items():
        for position, values in enumerate(sorted(provisions.values(), key=_order)):
            key = (code, values["article"], values["paragraph"])
            part = values["part"]
            wanted[key] = {
                **{name: value for name, value in values.items() if name != "part"},
                "instrument_id": instruments[code].pk,
                "part_id": None if part is None else parts[code, part].pk,
                "position": position,
            }
            (label,) = as_it_will_be(existing.get(key), values, ("label",))
            wanted[key]["folded"] = folded_provision(code, values["article"], values["paragraph"], label)
    return bring_up_to_date(
        Provision,
        wanted,
        existing.values(),
        key=lambda row: (row.instrument.code, row.article, row.paragraph),
        keep=corrected,
    )


def _order(values: Values) -> tuple[Any, ...]:
    part = values["part"]
    return (999 if part is None else part, natural(values["article"]), natural(values["paragraph"]))


def folded_provision(code: str, article: str, paragraph: str, label: str) -> str:
    return fold(f"{code} {article}{paragraph} {label}")


def _themes(reference: Reference, provisions: dict[tuple[str, str, str], Provision], words: Translations) -> int:
    targets, changes = bring_up_to_date(
        SdgTarget,
        {code: {"code": code, **values} for code, values in reference.targets.items()},
        SdgTarget.objects.all(),
        key=lambda row: row.code,
    )
    existing = {row.code: row for row in Theme.objects.all()}
    wanted = {}
    for code, values in reference.themes.items():
        translations = _translations(words, code, existing.get(code))
        said = as_it_will_be(existing.get(code), values, ("title", "remark"))
        folded = fold(" ".join([*said, *(text for named in translations.values() for text in named.values())]))
        wanted[code] = {"code": code, **values, "translations": translations, "folded": folded}
    themes, count = bring_up_to_date(Theme, wanted, existing.values(), key=lambda row: row.code, keep=corrected)
    changes += count + _theme_targets(reference, themes, targets)
    return changes + _theme_provisions(reference, themes, provisions) + _mandates(reference, themes)


def _theme_targets(reference: Reference, themes: dict[str, Theme], targets: dict[str, SdgTarget]) -> int:
    wanted = {
        (themes[theme].pk, targets[target].pk): {"theme_id": themes[theme].pk, "sdgtarget_id": targets[target].pk}
        for theme, codes in reference.theme_targets.items()
        for target in codes
    }
    through = Theme.targets.through
    existing = through._default_manager.all()
    return bring_up_to_date(through, wanted, existing, key=lambda row: (row.theme_id, row.sdgtarget_id), remove=True)[1]


def _theme_provisions(
    reference: Reference, themes: dict[str, Theme], provisions: dict[tuple[str, str, str], Provision]
) -> int:
    wanted = {}
    for theme, links in reference.theme_provisions.items():
        for position, (instrument, named) in enumerate(links):
            values = {"theme_id": themes[theme].pk, "provision_id": provisions[instrument, *named].pk}
            wanted[values["theme_id"], values["provision_id"]] = {**values, "position": position}
    existing = ThemeProvision.objects.all()
    return bring_up_to_date(
        ThemeProvision, wanted, existing, key=lambda row: (row.theme_id, row.provision_id), remove=True
    )[1]


def _mandates(reference: Reference, themes: dict[str, Theme]) -> int:
    edited = set(Agency.history.filter(history_user__isnull=False).values_list("code", flat=True))
    agencies, changes = bring_up_to_date(
        Agency,
        {code: {"code": code, **values} for code, values in reference.agencies.items()},
        Agency.objects.all(),
        key=lambda row: row.code,
        keep=lambda row: ("name", "mandate") if row.code in edited else (),
    )
    wanted = {
        (agencies[agency].pk, themes[theme].pk): {
            "agency_id": agencies[agency].pk,
            "theme_id": themes[theme].pk,
            "leads": leads,
        }
        for (agency, theme), leads in reference.mandates.items()
    }
    existing = Mandate.objects.all()
    return (
        changes
        + bring_up_to_date(Mandate, wanted, existing, key=lambda row: (row.agency_id, row.theme_id), remove=True)[1]
    )
