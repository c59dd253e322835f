"""Requests for technical cooperation of the demonstration, and what agencies answered."""

import datetime
from typing import Any

from accounts.models import Agency
from config.demonstration.states import World, read
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.services.position import move_position, offer_plan, save_plan
from reporting.assistance.services.request import Draft, authorise_request, clear_request, create_request
from reporting.assistance.services.submission import ask_back, conclude_request, submit_request
from reporting.assistance.services.talk import write_note, write_to_agencies, write_to_state
from reporting.instruments.models import Provision, Theme
from reporting.reports.models import Answer

DAY = datetime.timedelta(days=1)
# The moves that lead to each position, those of the State marked.
ACKNOWLEDGE, PLAN = ["acknowledge"], ["acknowledge", "open_plan"]
PATHS = {
    "no_answer": [],
    "acknowledged": ACKNOWLEDGE,
    "in_discussion": PLAN,
    "agreed": [*PLAN, "plan", "accept"],
    "awaiting_funds": [*PLAN, "plan", "accept", "await_funds"],
    "in_progress": [*PLAN, "plan", "accept", "start"],
    "completed": [*PLAN, "plan", "accept", "start", "complete"],
    "confirmed": [*PLAN, "plan", "accept", "start", "complete", "confirm"],
    "disputed": [*PLAN, "plan", "accept", "start", "complete", "dispute"],
    "declined": [*ACKNOWLEDGE, "decline"],
    "discontinued": [*PLAN, "plan", "accept", "start", "discontinue"],
}
BY_THE_STATE = {"accept", "confirm", "dispute"}


def build(world: World) -> None:
    # By the day of submission, which gives the reference.
    for said in sorted(read("requests")["requests"], key=lambda each: each.get("submitted_on", "9999")):
        _Builder(world, said).build()


class _Builder:
    def __init__(self, world: World, said: dict[str, Any]) -> None:
        self.world, self.said, self.state = world, said, said["state"]
        self.coordinator = world.person(self.state, said.get("submitted_by") or "coordinator")
        self.asked_back = False  # the first message of an officer on a returned request is what was asked

    def build(self) -> None:
        said, clock = self.said, self.world.clock
        writer = self.world.person(self.state, said["written_by"])
        cleared = _day(said.get("cleared_on"))
        written = cleared - 4 * DAY if cleared else datetime.date(2026, 11, 16)
        with clock.on(written):
            self.request = create_request(
                self.world.states[self.state], by=writer, draft=self._draft(), origin=self._origin()
            )
        if not cleared:
            return
        with clock.on(cleared):
            self.request = clear_request(self.request, by=self.world.person(self.state, said["cleared_by"]))
        if "authorisation" in said:
            given = said["authorisation"]
            with clock.on(given["authorised_on"]):
                self.request = authorise_request(
                    self.request,
                    office=given["office"],
                    authorised_on=_day(given["authorised_on"]),
                    reference=given.get("reference", ""),
                    by=self.world.person(self.state, given["recorded_by"]),
                )
        if "submitted_on" in said:
            self._submit()

    def _submit(self) -> None:
        said, clock = self.said, self.world.clock
        self.submitted = _day(said["submitted_on"])
        with clock.on(self.submitted, hour=9):
            move = "submit_as_enquiry" if said.get("enquiry") else "submit"
            submit_request(self.request, move=move, by=self.coordinator)
        for each in said["positions"]:
            self._position(each)
        for each in sorted(said["messages"], key=lambda row: row["sent_on"]):
            self._message(each)
        for each in said["notes"]:
            with clock.on(each["written_on"]):
                position = self._at(each["agency"])
                write_note(position, by=self.world.person(self.state, each["by"]), text=each["text"])
        self.request = AssistanceRequest.objects.get(pk=self.request.pk)
        if said["status"] == "closed":
            with clock.on(said["closed_on"]):
                conclude_request(self.request, move="close", by=self.coordinator, reason=said.get("closed_reason", ""))

    def _draft(self) -> Draft:
        said, counterpart = self.said, self.said["counterpart"]
        return Draft(
            title=said["title"],
            responsible=self.world.bodies[(self.state, said["responsible"])],
            need=said["need"].strip(),
            in_place=said["in_place"].strip(),
            missing=said["missing"].strip(),
            kinds=said["kinds"],
            themes=[Theme.objects.get(code=code) for code in said["themes"]],
            provisions=[_provision(each) for each in said["provisions"]],
            why_now=said["why_now"],
            needed_by_on=_day(said.get("needed_by")),
            counterpart_unit=counterpart["unit"],
            counterpart_name=counterpart["contact"],
            counterpart_email=counterpart["email"],
            counterpart_phone=str(counterpart["phone"]),
            language=said["language"],
            agencies=[Agency.objects.get(code=code) for code in said["agencies"]],
            tried_before=said.get("tried_before", ""),
            plan_link=said.get("plan_link", ""),
            social_partners_consulted_on=_day(said.get("social_partners_consulted_on")),
            security_forces=bool(said.get("security_forces")),
            internal_priority=said.get("internal_priority", ""),
        )

    def _origin(self) -> Answer | None:
        code = self.said.get("arose_from")
        rows = Answer.objects.filter(state_party=self.world.states[self.state], question__code=code)
        return rows.order_by("-report__started_at").first()

    def _at(self, agency: str) -> AgencyPosition:
        return AgencyPosition.objects.select_related("request", "agency").get(request=self.request, agency__code=agency)

    def _position(self, said: dict[str, Any]) -> None:
        """Move by move to where the position stands, between the submission and the day it is said to stand since."""
        path = PATHS[said["status"]]
        until = _day(said.get("since")) or self.submitted + 3 * DAY
        step = (until - self.submitted) / max(1, len(path))
        officer = self.world.person(self.state, said.get("officer") or f"officer@{said['agency'].lower()}")
        head = self.world.person(self.state, f"officer@{said['agency'].lower()}")
        for number, move in enumerate(path, start=1):
            with self.world.clock.on(self.submitted + step * number, hour=11):
                position = self._at(said["agency"])
                if move == "plan":
                    self._plan(position, said, officer)
                    offer_plan(self._at(said["agency"]), by=head, number=1)
                    continue
                by = self.coordinator if move in BY_THE_STATE else head
                facts = {"number": 1} if move == "accept" else {}
                move_position(position, move=move, by=by, reason=said.get("reason", ""), **facts)
        if said["status"] == "in_discussion" and "plan" in said:
            with self.world.clock.on(until, hour=14):
                self._plan(self._at(said["agency"]), said, officer)

    def _plan(self, position: AgencyPosition, said: dict[str, Any], officer: Any) -> None:
        plan = dict(said.get("plan") or {})
        budget = plan.pop("budget", {})
        plan.pop("edited_by", None)
        plan |= {"currency": budget.get("currency", ""), "budget": budget.get("lines", [])}
        save_plan(position, by=officer, number=0, content=plan)

    def _message(self, said: dict[str, Any]) -> None:
        author = self.world.person(self.state, said["by"])
        with self.world.clock.on(said["sent_on"], hour=15):
            if author.agency_id is not None:
                agency = said["by"].partition("@")[2].upper()
                position = self._at(agency)
                if self.said["status"] == "returned" and not self.asked_back:
                    self.asked_back = True
                    ask_back(position, by=author, text=said["text"])
                else:
                    write_to_state(position, by=author, text=said["text"], to_all="to" not in said)
            else:
                to = Agency.objects.get(code=said["to"]) if "to" in said else None
                write_to_agencies(self.request, by=author, text=said["text"], agency=to)


def _provision(said: dict[str, str]) -> Provision:
    article, bracket, rest = said["article"].partition("(")
    return Provision.objects.get(instrument__code=said["instrument"], article=article, paragraph=f"{bracket}{rest}")


def _day(value: Any) -> Any:
    return datetime.date.fromisoformat(value) if value else None
