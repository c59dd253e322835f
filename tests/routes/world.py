"""Two States, three agencies and everybody who may come to a page; made once for a module of tests.

Every text carries a canary that says whose it is, so that a page which shows too much is caught by a word.
"""

import datetime
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.choices import BodyKind, Role
from accounts.models import Job, Notification, User
from accounts.models.job import JobStatus
from accounts.services import invitations, uploads
from reporting.assistance.services import talk
from reporting.cycles.services import file_received
from reporting.instruments.models import Instrument, Ratification, Reservation, Theme
from reporting.reports.choices import Audience
from reporting.reports.models import AnswerVersion, Report, ReportSection, ValidationReply
from reporting.reports.services import consultation
from reporting.reports.services.attachment import upload
from reporting.reports.services.comment import add_comment, resolve_comment
from reporting.reports.services.contribution import ask_contribution
from reporting.reports.services.library import ItemFacts, add_item
from reporting.reports.services.section import move_section
from reporting.reports.services.submission import endorse, transmit
from reporting.reports.services.validation import record_reply
from tests import factories
from tests.reporting.assistance import factories as requests
from tests.reporting.reports import factories as reports

TODAY = datetime.date.today()
SOON = TODAY + datetime.timedelta(days=7)

# Who comes, each by what they are to Arcadia's section F1 (led by Health) and to its requests.
STATE = (
    "drafter",  # of Health, which leads F1
    "focal",  # of Health
    "coordinator",
    "other",  # focal point of Justice, which leads F2
    "other_drafter",
    "asked",  # drafter of the statistics office, asked for one question of F1
    "asked_focal",
    "idle_focal",  # focal point of a ministry without a part in anything
    "mission",
    "translator",
    "consulted",
    "admin",
    "nobody",  # a person of the State without any role
)
ABROAD = (
    "foreign",  # coordinator of another State
    "reader",
    "desk",
    "head",  # of the agency that the request was submitted to
    "stranger",  # head of an agency that it was not submitted to
    "agency_admin",
    "editor",
    "superuser",
)
EVERYBODY = (*STATE, *ABROAD, "anonymous")


# F2 is led by Justice, and Health is asked in it.
F2_ROLES = {
    "other": "focal",
    "other_drafter": "drafter",
    "focal": "asked_focal",
    "drafter": "asked",
    "asked": "other_drafter",
    "asked_focal": "other",
}
# What each is to a request of Justice.
REQUEST_ROLES = {"other": "focal", "other_drafter": "drafter", "focal": "other", "drafter": "other_drafter"}


@dataclass
class Spot:
    """One object at an address: what the address is made of, and what each person is to it."""

    kwargs: dict[str, Any]
    rows: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)  # where a person is something else than its name says


def build() -> SimpleNamespace:
    """The world: ``people`` by name, ``spots`` by name, and the rows that tests put into a state."""
    w = SimpleNamespace(arcadia=factories.state("Arcadia", "ARC"), qamar=factories.state("Qamar", "QAM"))
    _bodies(w)
    _people(w)
    w.here, w.there = _cast(w, "here"), _cast(w, "there")
    w.spots, w.nowhere = {}, Spot({})
    _reports(w)
    _requests(w)
    _library(w)
    _settings(w)
    Instrument.objects.update(kind="core_treaty")
    Theme.objects.update(coverage="partial")
    return w


def _bodies(w: SimpleNamespace) -> None:
    w.body = {}
    for slug, kind in (
        ("mechanism", BodyKind.MECHANISM),
        ("health", BodyKind.MINISTRY),
        ("justice", BodyKind.MINISTRY),
        ("labour", BodyKind.MINISTRY),
        ("statistics", BodyKind.STATISTICS),
        ("mission", BodyKind.MISSION),
        ("nhri", BodyKind.CONSULTED),
    ):
        coordinates = kind == BodyKind.MECHANISM
        w.body[slug] = factories.body(w.arcadia, slug, kind=kind, coordinates=coordinates)
        if slug in {"mechanism", "health", "justice", "nhri"}:
            w.body[f"qamar-{slug}"] = factories.body(w.qamar, slug, kind=kind, coordinates=coordinates)


def _people(w: SimpleNamespace) -> None:
    member, body = factories.member, w.body
    w.agencies = {code: requests.agency(code) for code in ("ILO", "IOM", "UNHCR")}
    w.people = {
        "drafter": member("Dana", body["health"], Role.DRAFTER),
        "focal": member("Jonas", body["health"], Role.FOCAL_POINT),
        "coordinator": member("Amina", body["mechanism"], Role.COORDINATOR),
        "other": member("Rosa", body["justice"], Role.FOCAL_POINT),
        "other_drafter": member("Piet", body["justice"], Role.DRAFTER),
        "asked": member("Sami", body["statistics"], Role.DRAFTER),
        "asked_focal": member("Selma", body["statistics"], Role.FOCAL_POINT),
        "idle_focal": member("Lars", body["labour"], Role.FOCAL_POINT),
        "mission": member("Mina", body["mission"], Role.MISSION),
        "translator": member("Thuraya", body["mechanism"], Role.TRANSLATOR),
        "consulted": member("Nuri", body["nhri"], Role.CONSULTED),
        "admin": factories.person("Ada", state=w.arcadia, is_administrator=True),
        "nobody": factories.person("Nils", state=w.arcadia),
        "foreign": member("Idris", body["qamar-mechanism"], Role.COORDINATOR),
        "reader": factories.officer("Rita", w.agencies["ILO"], "reader"),
        "desk": factories.officer("Dora", w.agencies["ILO"], "desk"),
        "head": factories.officer("Hugo", w.agencies["ILO"], "head"),
        "stranger": factories.officer("Olga", w.agencies["UNHCR"], "head"),
        "agency_admin": factories.person("Otto", agency=w.agencies["ILO"], is_administrator=True),
        "editor": factories.person("Edda", is_editor=True),
        "superuser": User.objects.create_superuser("root@example.org", "password", name="Root"),
    }
    w.people["superuser"].state_party = w.arcadia  # even so: the pages show no State's content
    w.people["superuser"].save()
    w.wen = member("Wen", body["mechanism"], Role.COORDINATOR)
    w.neighbours = {
        "drafter": member("Qais", body["qamar-health"], Role.DRAFTER),
        "focal": member("Qara", body["qamar-health"], Role.FOCAL_POINT),
        "other": member("Qasim", body["qamar-justice"], Role.FOCAL_POINT),
        "consulted": member("Qila", body["qamar-nhri"], Role.CONSULTED),
    }


def _cast(w: SimpleNamespace, side: str) -> SimpleNamespace:
    """The names that the factories of the rooms expect, on either side of the border."""
    here = side == "here"
    people, prefix = (w.people, "") if here else (w.neighbours, "qamar-")
    return SimpleNamespace(
        arcadia=w.arcadia if here else w.qamar,
        mechanism=w.body[f"{prefix}mechanism"],
        health=w.body[f"{prefix}health"],
        justice=w.body[f"{prefix}justice"],
        amina=w.people["coordinator" if here else "foreign"],
        dana=people["drafter"],
        jonas=people["focal"],
        rosa=people["other"],
        nuri=people["consulted"],
        ilo=w.agencies["ILO"],
        ilo_desk=w.people["desk"],
        ilo_head=w.people["head"],
    )


# --- reports -------------------------------------------------------------------------------


def _file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode(), "application/pdf")


def _reports(w: SimpleNamespace) -> None:
    for side, where in (("here", w.here), ("there", w.there)):
        _draft(w, side, where)
        _validated(w, side, where)
        _endorsed(w, side, where)
        _translated(w, side, where)
        planned = reports.report(where, opened=False)
        w.spots[f"planned {side}"] = Spot({"report": planned.slug}, {"report": planned})


def _draft(w: SimpleNamespace, side: str, where: SimpleNamespace) -> None:
    """F1 of Health, F2 of Justice, each with an answer, a comment, an own note, a file, and a contribution asked."""
    report = reports.report(where)
    asked = {"f1": w.body["statistics"] if side == "here" else where.justice, "f2": where.health}
    for slug, by in (("f1", where.jonas), ("f2", where.rosa)):
        sign = f"{slug}-{side}"
        section = reports.section(report, slug)
        for time in ("first", "second"):
            reports.write(section, f"CANARY-answer-{sign} {time}.", by)
        comment = add_comment(section, text=f"CANARY-comment-{sign}", by=by, audience=Audience.SECTION)
        own = add_comment(section, text=f"CANARY-own-{sign}", by=by, audience=Audience.BODY)
        attachment = upload(section, file=_file(f"CANARY-file-{sign}.pdf"), by=by, title=f"CANARY-file-{sign}")
        answers = list(section.answers.order_by("question__position"))
        contribution = ask_contribution(section, body=asked[slug], answers=answers[1:2], by=where.amina)
        versions = AnswerVersion.objects.filter(answer=answers[0]).order_by("number").values_list("pk", flat=True)
        w.spots[f"{slug} {side}"] = Spot(
            {"report": report.slug, "n": slug},
            {
                "section": ReportSection.objects.get(pk=section.pk),
                "report": report,
                "answers": answers,
                "comment": comment,
                "resolved": resolve_comment(_said(section, sign, by), by=by),
                "own": own,
                "attachment": attachment,
                "contribution": contribution,
                "versions": list(versions),
            },
            F2_ROLES if slug == "f2" and side == "here" else {},
        )
    for name, slug in (("section", "f1"), ("other section", "f2")):
        spot = w.spots[f"{slug} {side}"]
        w.spots[f"{name} {side}"] = Spot({"report": report.slug, "section": slug}, spot.rows, spot.roles)
    rows = {"report": report, "answers": w.spots[f"f1 {side}"].rows["answers"]}
    w.spots[f"draft {side}"] = Spot({"report": report.slug}, rows)
    round_ = _round(where, report)
    said = consultation.comment_in_round(
        round_, section=reports.section(report, "f1"), text=f"CANARY-consultation-{side}", by=where.nuri
    )
    place = report.sections.get(slug="f1").section.code
    rows = {"round": round_, "report": report, "comment": said, "place": place}
    w.spots[f"round {side}"] = Spot({"report": report.slug, "number": 1}, rows)
    w.spots[f"shared {side}"] = Spot({"report": report.slug}, rows)
    document = file_received(
        report.cycle,
        kind="list_of_issues",
        title=f"CANARY-document-{side}",
        received_on=TODAY,
        by=where.amina,
        file=_file("loi.pdf"),
    )
    rows = {"cycle": report.cycle, "document": document}
    questionnaire = report.questionnaire
    rows |= {"questionnaire": questionnaire}
    w.spots[f"cycle {side}"] = Spot({"cycle": report.cycle.slug}, rows)
    fresh = reports.cycle(where)
    rows = {"cycle": fresh, "questionnaire": reports.questionnaire(fresh.instrument)}
    w.spots[f"new cycle {side}"] = Spot({"cycle": fresh.slug}, rows)


def _translated(w: SimpleNamespace, side: str, where: SimpleNamespace) -> None:
    """A report written in Arabic and submitted in English: F1 is cleared."""
    report = reports.report(where, working_language="ar")
    reports.write(reports.section(report, "f1"), f"CANARY-source-{side} للعمال.", where.jonas)
    for move, by in (("send_for_review", where.jonas), ("clear", where.amina)):
        move_section(reports.section(report, "f1"), move=move, by=by)
    rows = {"report": report, "section": reports.section(report, "f1")}
    w.spots[f"translated {side}"] = Spot({"report": report.slug}, rows)
    w.spots[f"translated f1 {side}"] = Spot({"report": report.slug, "n": "f1"}, rows)


def _said(section: ReportSection, sign: str, by: User) -> Any:
    return add_comment(section, text=f"CANARY-resolved-{sign}", by=by, audience=Audience.SECTION)


def _round(where: SimpleNamespace, report: Report) -> Any:
    bodies = [where.nuri.memberships.get().body]
    sections = [reports.section(report, "f1")]
    return consultation.open_round(report, sections=sections, bodies=bodies, closes_on=SOON, by=where.amina)


def _validated(w: SimpleNamespace, side: str, where: SimpleNamespace) -> None:
    """Every body has answered: Health without objection, Justice with one that is open."""
    report = reports.validated(where)
    record_reply(report, body=where.justice, reply="objection", text=f"CANARY-objection-{side}", by=where.rosa)
    report = Report.objects.get(pk=report.pk)
    objection = ValidationReply.objects.filter(report=report, body=where.justice).latest("pk")
    rows = {"report": report, "objection": objection, "section": reports.section(report, "f1")}
    w.spots[f"validated {side}"] = Spot({"report": report.slug}, rows)


def _endorsed(w: SimpleNamespace, side: str, where: SimpleNamespace) -> None:
    report = reports.validated(where)
    submission = endorse(
        report,
        authority="Cabinet",
        endorsed_on=TODAY,
        decision_file=_file(f"CANARY-decision-{side}.pdf"),
        by=where.amina,
    )
    report = Report.objects.get(pk=report.pk)
    submission_rows = {"report": report, "submission": submission}
    w.spots[f"endorsed {side}"] = Spot({"report": report.slug}, submission_rows)
    w.spots[f"submission {side}"] = Spot({"report": report.slug, "number": 1}, submission_rows)
    sent = reports.endorsed(where)
    transmit(sent, note_verbale="NV/7", sent_on=TODAY, file_formats=["pdf"], by=where.amina)
    sent = Report.objects.get(pk=sent.pk)
    w.spots[f"transmitted {side}"] = Spot({"report": sent.slug}, {"report": sent})


# --- requests ------------------------------------------------------------------------------


def _requests(w: SimpleNamespace) -> None:
    ilo = w.agencies["ILO"]
    justice = SimpleNamespace(**vars(w.here) | {"dana": w.people["other_drafter"], "jonas": w.people["other"]})
    for status in ("draft", "submitted"):
        texts = {"title": f"CANARY-{status}-justice", "need": f"CANARY-need-{status}-justice"}
        row = requests.request(justice, status, agencies=[ilo], responsible=w.body["justice"], **texts)
        position = requests.position(justice, "in_discussion", row) if status == "submitted" else None
        rows = {"request": row, "position": position}
        w.spots[f"request {status} of justice here"] = Spot({"reference": row.address}, rows, REQUEST_ROLES)
    for side, where in (("here", w.here), ("there", w.there)):
        for status in ("draft", "authorised", "submitted"):
            texts = {"title": f"CANARY-{status}-{side}", "need": f"CANARY-need-{status}-{side}"}
            row = requests.request(where, status, agencies=[ilo, w.agencies["IOM"]], **texts)
            if status == "authorised":
                row.letter.save("letter.pdf", _file(f"CANARY-letter-{side}.pdf"))
                type(row).objects.filter(pk=row.pk).update(letter_name=f"CANARY-letter-{side}.pdf")
            w.spots[f"request {status} {side}"] = Spot({"reference": row.address}, {"request": row})
        position = requests.position(where, "in_discussion", row)
        talk.write_note(position, by=where.ilo_desk, text=f"CANARY-note-{side}")
        talk.write_to_agencies(row, by=where.jonas, text=f"CANARY-message-{side}", agency=ilo)
        w.spots[f"request submitted {side}"].rows["position"] = position


# --- the library ---------------------------------------------------------------------------


def _library(w: SimpleNamespace) -> None:
    """An item of Health with a file, on either side."""
    for side, where in (("here", w.here), ("there", w.there)):
        file = _file(f"CANARY-kept-{side}.pdf")
        item = add_item(ItemFacts(kind="law", title=f"CANARY-item-{side}"), by=where.jonas, file=file)
        w.spots[f"item {side}"] = Spot({"pk": item.pk}, {"item": item})


# --- the rest ------------------------------------------------------------------------------


def _settings(w: SimpleNamespace) -> None:
    people = w.people
    invitation, link = invitations.invite(
        state=w.arcadia, body=w.body["health"], role=Role.DRAFTER, email="new@example.org", by=people["admin"]
    )
    w.invitation, w.token = invitation, link.rstrip("/").rpartition("/")[2]
    w.ratification = w.spots["draft here"].rows["report"].cycle.instrument
    w.instruments = {}
    w.questionnaire = w.spots["draft here"].rows["report"].questionnaire
    for side, state, where in (("here", w.arcadia, w.here), ("there", w.qamar, w.there)):
        instrument = w.spots[f"draft {side}"].rows["report"].cycle.instrument
        w.instruments[side] = instrument
        reservation = Reservation.objects.create(
            state_party=state,
            ratification=Ratification.objects.get(state_party=state, instrument=instrument),
            text=f"CANARY-reservation-{side}",
            made_on=TODAY,
        )
        w.spots[f"reservation {side}"] = Spot({"pk": reservation.pk})
        person = where.jonas if side == "here" else where.amina
        notice = Notification.objects.filter(recipient=person).latest("pk")
        w.spots[f"notice {side}"] = Spot({"pk": notice.pk})
        job = Job.objects.create(
            kind="report_export",
            state_party=state,
            asked_by=person,
            status=JobStatus.DONE,
            file_name=f"CANARY-job-{side}.pdf",
            label=f"CANARY-job-{side}",
            file=default_storage.save("jobs/made.pdf", _file("job.pdf")),
        )
        w.spots[f"job {side}"] = Spot({"key": job.uuid}, {"job": job})
        sender = where.dana if side == "here" else where.amina
        upload = uploads.start(name=f"CANARY-upload-{side}.pdf", size=9, by=sender)
        w.spots[f"upload {side}"] = Spot({"key": upload.uuid}, {"upload": upload})
