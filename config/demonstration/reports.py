"""Reports of the demonstration: opened, assigned, drafted, sent, returned and cleared through the services."""

import datetime
import uuid
from typing import Any

from accounts.models import User
from config.demonstration import files
from config.demonstration.states import World, read
from reporting.cycles.services import file_received, open_cycle, switch_open_drafting
from reporting.instruments.models import Instrument
from reporting.questionnaires.choices import Disposition
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.models import Questionnaire
from reporting.reports import freeze
from reporting.reports.choices import Audience, Reply
from reporting.reports.models import Answer, Contribution, Report, ReportSection
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.comment import add_comment, is_quoted, resolve_comment
from reporting.reports.services.consultation import answer_comment, comment_in_round, open_round
from reporting.reports.services.contribution import ask_contribution, move_contribution
from reporting.reports.services.move import move_report
from reporting.reports.services.report import Dates, start_report
from reporting.reports.services.section import Assignment, assign_sections, move_section
from reporting.reports.services.submission import endorse, publish, receive, transmit
from reporting.reports.services.validation import record_reply
from reporting.text.pieces import Piece

DAY = datetime.timedelta(days=1)
AUDIENCES = {"section": Audience.SECTION, "own_body": Audience.BODY}


def build(world: World, name: str) -> Report:
    """One report from its file, as far as the file says that it has come."""
    return _Builder(world, read(name)).build()


class _Builder:
    def __init__(self, world: World, data: dict[str, Any]) -> None:
        self.world, self.data = world, data
        self.state: str = data["state"]
        self.party = world.states[self.state]
        self.coordinator = self.person(data["report"]["by"])
        self.started = _day(data["report"]["started_on"])

    def person(self, login: str) -> User:
        return self.world.person(self.state, login)

    def build(self) -> Report:
        self.report = self._open()
        self._assign()
        for code, said in self.data["sections"].items():
            self._section(self.sections[code], said)
        self._consult()
        if "endorsement" in self.data:
            self._conclude()
        return self.report

    # -- planning

    def _open(self) -> Report:
        cycle_data, data = self.data["cycle"], self.data["report"]
        with self.world.clock.on(cycle_data["opened_on"], hour=8):
            cycle = open_cycle(
                Instrument.objects.get(code=cycle_data["instrument"]),
                number_from=cycle_data["number_from"],
                number_to=cycle_data["number_to"],
                coordinating_body=self.world.bodies[(self.state, cycle_data["coordinating_body"])],
                procedure=cycle_data["procedure"],
                roles=cycle_data["roles"],
                working_language=cycle_data["working_language"],
                submission_language=cycle_data["submission_language"],
                by=self.coordinator,
            )
        self.cycle = cycle
        milestones = self.data.get("milestones", {})
        with self.world.clock.on(self.started, hour=9):
            report = start_report(
                cycle,
                questionnaire=Questionnaire.objects.get(code=data["questionnaire"]),
                kind=data["kind"],
                tier=data["tier"],
                last_year=data["last_full_year"],
                dates=Dates(
                    due_on=_day(data["due_on"]),
                    due_source=data["due_source"],
                    drafts_due_on=_day(milestones.get("drafts_close_on")),
                    review_ends_on=_day(milestones.get("review_ends_on")),
                    endorsement_on=_day(milestones.get("endorsement_on")),
                ),
                by=self.coordinator,
            )
            report = move_report(report, move="open", by=self.coordinator)
            if data.get("open_drafting"):
                switch_open_drafting(self.party, on=True, by=self.coordinator)
        return report

    def _assign(self) -> None:
        day = _day(self.data.get("milestones", {}).get("assigned_on")) or self.started + 14 * DAY
        rows = {row.section.code: row for row in self.report.sections.select_related("section")}
        with self.world.clock.on(day):
            assign_sections(
                self.report,
                [
                    Assignment(
                        rows[code].pk,
                        self.world.bodies[(self.state, said["lead"])].pk,
                        _day(said["due_on"]),
                        said["allotment"],
                    )
                    for code, said in self.data["sections"].items()
                ],
                by=self.coordinator,
            )
        self.assigned = day
        self.sections = {row.section.code: row for row in self._sections()}

    def _sections(self) -> Any:
        return ReportSection.objects.filter(report=self.report).select_related(
            "section__part", "lead", "report__cycle", "state_party"
        )

    # -- one section

    def _section(self, section: ReportSection, said: dict[str, Any]) -> None:
        """Ask, write, comment, send, and what the coordinator did."""
        answers = {row.question.code: row for row in section.answers.select_related("question")}
        day = self.assigned + 7 * DAY
        contributions = self._ask(section, said.get("contributions", []), answers, day)
        self._write(section, said, answers, day + 7 * DAY)
        files.add(self.world, section, said.get("files", []), self.state, day + 8 * DAY)
        for contribution, wanted in contributions:
            self._settle(contribution, wanted["state"], said, day + 12 * DAY)
        for comment in said.get("comments", []):
            with self.world.clock.on(day + 14 * DAY):
                self._comment(section, comment, answers)
        self._move(section, said, day + 20 * DAY)

    def _ask(
        self, section: ReportSection, wanted: list[dict[str, Any]], answers: dict[str, Answer], day: datetime.date
    ) -> list[tuple[Contribution, dict[str, Any]]]:
        focal = self.world.focal(self.state, self.data["sections"][section.section.code]["lead"])
        result = []
        for each in wanted:
            with self.world.clock.on(day):
                contribution = ask_contribution(
                    section,
                    body=self.world.bodies[(self.state, each["body"])],
                    answers=[answers[code] for code in each["questions"]],
                    note=each.get("note", ""),
                    due_on=day + 49 * DAY,
                    by=focal,
                )
            result.append((contribution, each))
        return result

    def _write(
        self, section: ReportSection, said: dict[str, Any], answers: dict[str, Answer], day: datetime.date
    ) -> None:
        """Each body writes the questions that are its own; a lead's long answers come in two sittings."""
        by_writer: dict[str, list[AnswerEdit]] = {}
        lead_writer = said["drafter"]
        owners = {
            code: each["body"]
            for each in said.get("contributions", [])
            if each["state"] in {"sent", "taken_over"}
            for code in each["questions"]
        }
        for code, content in said.get("answers", {}).items():
            if not answers[code].asked:
                continue
            edit = self._edit(answers[code], content)
            by_writer.setdefault(owners.get(code, ""), []).append(edit)
        for body, edits in by_writer.items():
            writer = self.world.writer(self.state, body) if body else self.person(lead_writer)
            with self.world.clock.on(day + (2 * DAY if body else 0 * DAY)):
                save_answers(section, edits, by=writer)

    def _edit(self, answer: Answer, said: dict[str, Any]) -> AnswerEdit:
        pieces = [Piece(key_of(answer, place), text.strip()) for place, text in enumerate(said.get("paragraphs", []))]
        content = None
        if "content" in said:
            question = answer.question
            years = freeze.years_of(question, self.report.last_year)
            content, errors = KINDS[question.kind].clean(self._cited(said["content"]), question.definition, years)
            if errors:
                raise ValueError(f"{question.code}: {errors[0].path}: {errors[0].sentence}")
        disposition = self._disposition(said["disposition"]) if "disposition" in said else None
        return AnswerEdit(
            answer.pk,
            base_version=0,
            paragraphs=pieces or None,
            content=content,
            disposition=disposition,
        )

    def _cited(self, content: dict[str, Any]) -> dict[str, Any]:
        """References that name an item of the library by its key name it by its id."""
        for each in content.get("references", []):
            if "library" in each:
                each["library"] = self.world.items[(self.state, each["library"])].pk
        return content

    def _disposition(self, said: dict[str, Any]) -> dict[str, Any]:
        result = {
            "disposition": Disposition(said["kind"]),
            "disposition_reason": said.get("reason", ""),
            "disposition_expected": said.get("expected", ""),
            "target_document": said.get("document", ""),
            "target_paragraph": str(said.get("paragraph", "")),
        }
        if "report" in said:
            last = Report.objects.get(state_party=self.party, slug=said["report"]).submissions.first()
            if last is not None:
                result["target_submission_id"] = last.pk
                result["target_paragraph"] = str(_first_paragraph(last.content, said["paragraph_of"]))
        if "question" in said:
            result["target_question_id"] = self.report.answers.get(question__code=said["question"]).question_id
        return result

    def _settle(self, contribution: Contribution, state: str, said: dict[str, Any], day: datetime.date) -> None:
        if state in {"sent", "taken_over"}:
            with self.world.clock.on(day):
                move_contribution(
                    contribution, move="send", by=self.world.focal(self.state, contribution.body.slug.replace("-", "_"))
                )
        if state == "taken_over":
            with self.world.clock.on(day + 2 * DAY):
                move_contribution(contribution, move="take_over", by=self.world.focal(self.state, said["lead"]))

    def _comment(self, section: ReportSection, said: dict[str, Any], answers: dict[str, Answer]) -> None:
        answer, quote = answers.get(said["on"]), said.get("quote", "")
        on = [row.key for row in answer.paragraphs.all() if is_quoted(quote, row.text)] if answer and quote else []
        comment = add_comment(
            section,
            text=said["text"].strip(),
            by=self.person(said["by"]),
            answer=answer,
            paragraph_key=on[0] if on else None,
            quote=quote,
            audience=AUDIENCES[said.get("audience", "section")],
        )
        for reply in said.get("replies", []):
            add_comment(section, text=reply["text"].strip(), by=self.person(reply["by"]), answer=answer, parent=comment)
        if said.get("resolved"):
            resolve_comment(
                comment, by=self.world.focal(self.state, self.data["sections"][section.section.code]["lead"])
            )

    def _move(self, section: ReportSection, said: dict[str, Any], day: datetime.date) -> None:
        status = said["status"]
        if status in {"not_started", "drafting"}:
            return
        section = self._sections().get(pk=section.pk)
        focal = self.world.focal(self.state, said["lead"])
        with self.world.clock.on(day):
            section = move_section(section, move="send_for_review", by=focal, reason=said.get("send_reason", ""))
        if status == "returned":
            with self.world.clock.on(day + 3 * DAY):
                move_section(section, move="return", by=self.coordinator, reason=said["returned_reason"].strip())
        elif status == "cleared":
            with self.world.clock.on(day + 5 * DAY):
                move_section(section, move="clear", by=self.coordinator)

    # -- the whole report

    def _consult(self) -> None:
        said = self.data.get("consultation")
        if not said:
            return
        day = self.assigned + 35 * DAY
        with self.world.clock.on(day):
            consultation = open_round(
                self.report,
                sections=[self._sections().get(pk=self.sections[code].pk) for code in said["sections"]],
                bodies=[self.world.bodies[(self.state, body)] for body in said["bodies"]],
                closes_on=_day(said["until"]),
                note=said.get("title", ""),
                by=self.person(said["by"]),
            )
        for each in said["comments"]:
            answer = self.report.answers.select_related("section").get(question__code=each["on"])
            with self.world.clock.on(day + 6 * DAY):
                comment = comment_in_round(
                    consultation,
                    section=answer.section,
                    answer=answer,
                    text=each["text"].strip(),
                    by=self.person(each["by"]),
                )
                if each.get("answer"):
                    answer_comment(comment, text=each["answer"]["text"].strip(), by=self.person(each["answer"]["by"]))

    def _conclude(self) -> None:
        """From consolidation to the last word, each on its day."""
        data, clock = self.data, self.world.clock
        until = _day(data["validation"]["until"])
        with clock.on(until - 14 * DAY):
            self.report = move_report(self.report, move="consolidate", by=self.coordinator)
            self.report = move_report(self.report, move="validate", by=self.coordinator, until=until)
        with clock.on(until - 7 * DAY):
            for body in data["validation"]["no_objection"]:
                row = self.world.bodies[(self.state, body)]
                if row.pk in self.report.body_ids:
                    focal = self.world.focal(self.state, body)
                    record_reply(self.report, body=row, reply=Reply.NO_OBJECTION, by=focal)
        said = data["endorsement"]
        with clock.on(said["endorsed_on"]):
            endorse(
                self.report,
                authority=said["authority"],
                endorsed_on=_day(said["endorsed_on"]),
                reference=said["reference"],
                by=self.person(said["by"]),
            )
        said = data["transmission"]
        with clock.on(said["transmitted_on"]):
            transmit(
                self.report,
                note_verbale=said["note_verbale"],
                sent_on=_day(said["transmitted_on"]),
                addressee=said["addressee"],
                file_formats=said["formats"],
                by=self.person(said["by"]),
            )
        said = data["receipt"]
        with clock.on(said["received_on"]):
            receive(
                self.report,
                received_on=_day(said["received_on"]),
                acknowledgement=said["acknowledgement"],
                symbol=said["symbol"],
                by=self.person(said["by"]),
            )
        for each in data.get("documents", []):
            with clock.on(each["dated_on"]):
                file_received(
                    self.cycle,
                    kind=each["kind"],
                    title=each["title"],
                    symbol=each["symbol"],
                    received_on=_day(each["dated_on"]),
                    by=self.person(each["by"]),
                )
        if data["report"]["status"] in {"considered", "closed"}:
            with clock.on(data["dialogue_on"]):
                self.report = Report.objects.get(pk=self.report.pk)
                move_report(self.report, move="consider", by=self.coordinator)
                publish(self.report, by=self.coordinator)


def key_of(answer: Answer, place: int) -> str:
    """A key of its own for each paragraph, the same at every making of the demonstration."""
    report = f"{answer.state_party.code}/{answer.report.slug}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{report}/{answer.question.code}/{place}"))


def _first_paragraph(content: dict[str, Any], code: str) -> int:
    """The number of the first paragraph of an answer in a submission."""
    number = 1
    for section in content["sections"]:
        for answer in section["answers"]:
            if answer["code"] == code:
                return number
            number += answer["paragraph_count"]
    raise LookupError(code)


def _day(value: Any) -> Any:
    return datetime.date.fromisoformat(value) if value else None
