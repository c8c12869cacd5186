"""What recurs in the demo whatever the projects are: the opening, frames, committee meetings, reports, offices, towns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from registry.records.values import Data, Value
from registry.starters.demo.days import YEARS, safe
from registry.starters.demo.tale import Tale
from registry.starters.demo.teller import Edit, Step, both, entries, entry, record, values
from registry.starters.demo.world import FUNCTIONS, MUNICIPALITY, Office, World, content

_ROUND: Final = 5_000
_SETS_NOTHING_ASIDE: Final = "kultur"
"""The department whose board has let this year's budget for international work stay a proposal."""
_UNREVIEWED: Final = 420
"""Days for which the social board has not looked at what it watches."""


def administration(world: World, tales: Iterable[Tale], tip: Callable[[], str]) -> Iterator[Step]:
    """Every such step; `tip` gives the latest commit when an annual report is made of it."""
    frames = _Frames(world, list(tales))
    yield from _opening(world, frames)
    yield from _offices(world)
    yield from frames.steps()
    yield from _meetings(world)
    yield from _reports(world, tip)
    yield from _towns(world)


# --- the first days -------------------------------------------------------------------------------------------------


def _opening(world: World, frames: _Frames) -> Iterator[Step]:
    opened, calendar = world.opened, world.calendar
    adopted = calendar.decided("KS", safe(opened.year - 2, 3, 25))[1]  # which the policy means the council to do
    first = world.coordinators[0]
    registry: dict[str, Value] = {
        "format": 1,
        "municipality": MUNICIPALITY,
        "language": "sv",
        "opened": opened,
        "fictional": "demo",
        "coordinators": [{**_held(world, first), "mailbox": "international@example.org", "until": None}],
        "central_funds": [frames.decided("", opened.year)],
    }
    policy = {**content("policy"), "adopted": adopted, "evaluation_days": 180}
    yield Step(
        opened,
        "majken",
        "Kommunens internationella kontakter samlas i ett register i stället för i tre olika kalkylblad.",
        {"registry": record(registry), "policy": record(policy)},
        act="init",
    )
    day = opened
    for number, (department, facts) in enumerate(world.departments.items()):
        day = calendar.workday(opened + timedelta(days=1 + number // 3))
        made: dict[str, Value] = dict(facts)
        if offices := world.officers.get(department):
            made["officers"] = [{**_held(world, offices[0]), "until": None}]
            made["budget"] = [frames.decided(department, opened.year)]
        why = (
            "Uppgifterna kommer från förvaltningens ledningsgrupp."
            if offices
            else "Förvaltningen har sagt att den inte vill ha internationella kontakter."
        )
        yield Step(day, "majken", why, {f"departments/{department}": record(made)}, act="new")
    for number, (town, facts) in enumerate(content("towns").items()):
        day = calendar.workday(opened + timedelta(days=4 + number // 2))
        made = {key: facts[key] for key in ("name", "country", "agreement_status", "potential")}
        made |= {
            "agreement_year": calendar.until.year - facts["agreement_age"],
            "financial_obligations": False,
            "contacts": [world.person(facts["contact"])],
        }
        why = "Årtalet står i kommunfullmäktiges register över avtal."
        if facts["agreement_status"] == "unconfirmed":
            why = "Avtalet har inte hittats i arkivet; årtalet står i en gammal broschyr."
        yield Step(day, "majken", why, {f"twin-towns/{town}": record(made)}, act="new")


def _held(world: World, office: Office) -> dict[str, Value]:
    """An office as an entry of a list."""
    return {
        "person": world.person(office.who),
        "function": FUNCTIONS[office.who],
        "from": office.since,
        "until": office.until,
        "decision": office.decision,
    }


# --- offices --------------------------------------------------------------------------------------------------------


def _offices(world: World) -> Iterator[Step]:
    """Who left and who came; some of it was entered late, and says so."""
    calendar = world.calendar
    first, second = world.coordinators
    assert first.until is not None  # noqa: S101
    came = entry("coordinators", {**_held(world, second), "mailbox": "international@example.org"})
    gone = entries("coordinators", _holds(world, first), {"until": first.until})
    yield Step(
        calendar.workday(second.since),
        "ture",
        "Ny samordnare efter pensionering.",
        {"registry": both(gone, came)},
        second.decision,
    )
    yngve, alva = world.officers["bun"]
    assert yngve.until is not None  # noqa: S101
    late = calendar.workday(safe(yngve.until.year, 9, 1))
    yield Step(
        late,
        "majken",
        "Rektorn slutade den 24 augusti; det kom till samordnaren först i dag. Uppdraget är vakant.",
        {"departments/bun": entries("officers", _holds(world, yngve), {"until": yngve.until})},
    )
    yield Step(
        calendar.workday(alva.since + timedelta(days=3)),
        "majken",
        "Nämnden har utsett en ny utbytesansvarig efter två månaders vakans.",
        {"departments/bun": entry("officers", _held(world, alva))},
        alva.decision,
    )
    (birger,) = world.officers["kultur"]
    yield Step(
        calendar.ago(30),
        "ture",
        "Kulturchefen har slutat. Nämnden har inte utsett någon ny utbytesansvarig.",
        {"departments/kultur": entries("officers", _holds(world, birger), {"until": birger.until})},
    )


def _holds(world: World, office: Office) -> Callable[[Data], bool]:
    return lambda found: found.get("person") == world.person(office.who)


# --- frames ---------------------------------------------------------------------------------------------------------


class _Frames:
    """What is set aside each year, centrally ("") and by department: proposed in October, decided before the year."""

    def __init__(self, world: World, tales: list[Tale]) -> None:
        self.world = world
        self._needs: dict[tuple[str, int], int] = {}
        for tale in tales:
            for line in tale.lines:
                if line.source in {"department", "central"} and not tale.over_frame:
                    whose = (tale.department if line.source == "department" else "", tale.start.year)
                    self._needs[whose] = self._needs.get(whose, 0) + line.amount

    def amount(self, whose: str, year: int) -> int:
        """What that year's projects need, rounded up, and something for what nobody knows yet."""
        need = self._needs.get((whose, year), 0)
        return max(-(-need // _ROUND) * _ROUND + 3 * _ROUND, 8 * _ROUND)

    def decided(self, whose: str, year: int) -> dict[str, Value]:
        """The year's frame as decided the year before."""
        body, near = ("KF", date(year - 1, 11, 28)) if not whose else (self.world.body(whose), date(year - 1, 12, 12))
        _day, decision = self.world.calendar.decided(body, near)
        return {"year": year, "amount": self.amount(whose, year), "state": "decided", "decision": decision}

    def steps(self) -> Iterator[Step]:
        """Proposals and decisions for every year after the first."""
        calendar, departments = self.world.calendar, list(self.world.officers)
        for year in range(self.world.opened.year + 1, calendar.until.year + 2):
            day, decision = calendar.decided("KS", date(year - 1, 10, 14))
            if day > self.world.opened:  # else only what was decided is known
                proposals: dict[str, Edit] = {"registry": self._proposed("", year, decision)}
                proposals |= {f"departments/{d}": self._proposed(d, year, "") for d in departments}
                entered = self._entered(day)
                why = f"Förslag till budget för {year}, från nämnderna och kommunstyrelsen."
                yield Step(entered, self.world.coordinator(entered), why, proposals)
            for whose in ("", *departments):
                if (whose, year) != (_SETS_NOTHING_ASIDE, calendar.until.year):
                    yield self._decision(whose, year)

    def _entered(self, day: date) -> date:
        """A few days after the meeting, and once the departments are in the registry."""
        calendar = self.world.calendar
        later = day + timedelta(days=self.world.rng.randint(1, 4))
        return calendar.workday(max(later, self.world.opened + timedelta(days=9)))

    def _proposed(self, whose: str, year: int, decision: str) -> Edit:
        asked = round(self.amount(whose, year) * 1.08 / _ROUND) * _ROUND
        return entry(_key(whose), {"year": year, "amount": asked, "state": "proposed", "decision": decision})

    def _decision(self, whose: str, year: int) -> Step:
        frame = self.decided(whose, year)
        decision = str(frame["decision"])
        why = "Nämnden har beslutat om sin budget." if whose else "Kommunfullmäktige har beslutat om budgeten."
        ref = f"departments/{whose}" if whose else "registry"
        return Step(
            self._entered(date.fromisoformat(decision.split()[1])), "signe", why, {ref: _framed(whose, frame)}, decision
        )


def _key(whose: str) -> str:
    return "budget" if whose else "central_funds"


def _framed(whose: str, frame: dict[str, Value]) -> Edit:
    """The year's frame as decided, in the place of the proposal where there was one."""

    def change(old: dict[str, Value]) -> dict[str, Value]:
        key = _key(whose)
        if not any(found["year"] == frame["year"] for found in old.get(key, [])):
            return {**old, key: [*old.get(key, []), frame]}
        return {**old, key: [{**found, **frame} if found["year"] == frame["year"] else found for found in old[key]]}

    return change


# --- the committee --------------------------------------------------------------------------------------------------


def _meetings(world: World) -> Iterator[Step]:
    """Twice a year, and what the departments watch is gone through then."""
    calendar = world.calendar
    for back in range(YEARS, -1, -1):
        for month, middle in ((2, 12), (9, 10)):
            day = calendar.season(back, month, middle)
            day -= timedelta(days=(day.weekday() - 3) % 7)
            if day <= world.opened:
                continue
            minutes = {"date": day, "minutes": calendar.dnr("KS", day.year)}
            watched: dict[str, Edit] = {"registry": entry("meetings", minutes)}
            for department in world.officers:
                if department != "social" or day < calendar.until - timedelta(days=_UNREVIEWED):
                    watched[f"departments/{department}"] = _watch(world, department, day)
            entered = calendar.workday(day + timedelta(days=1))
            why = "Samordningskommittén gick igenom projekten och vilka program som bevakas."
            yield Step(entered, world.coordinator(entered), why, watched)


def _watch(world: World, department: str, day: date) -> Edit:
    """What is watched from that day on, what came of what was, and that it was looked at."""
    changes: list[Edit] = []
    for item in content("opportunities")["opportunity"]:
        began = world.calendar.season(item["since"], 2, 12)
        if item["department"] != department or day < began - timedelta(days=7):
            continue
        made = {key: item[key] for key in ("title", "programme")} | {"status": "watching", "reviewed": day}
        if "deadline_in" in item:
            made["deadline"] = world.calendar.until + timedelta(days=item["deadline_in"])
        elif "deadline" in item:
            made["deadline"] = safe(
                began.year + (tuple(item["deadline"]) < (began.month, began.day)), *item["deadline"]
            )
        over = "becomes" in item and made["deadline"] < day - timedelta(days=60)
        changes.append(_reviewed(made, {"status": item["becomes"]} if over else {"reviewed": day}))
    return both(*changes)


def _reviewed(item: dict[str, Value], changes: dict[str, Value]) -> Edit:
    """The item added, or changed where it is watched already."""

    def change(old: dict[str, Value]) -> dict[str, Value]:
        known = [found for found in old.get("opportunities", []) if found["title"] == item["title"]]
        if not known:
            return {**old, "opportunities": [*old.get("opportunities", []), item]}
        watched = entries("opportunities", lambda found: found is known[0] and found["status"] == "watching", changes)
        return watched(old) or old

    return change


def _reports(world: World, tip: Callable[[], str]) -> Iterator[Step]:
    """Each year's report, once the Executive Committee has dealt with it."""
    for year in range(world.opened.year, world.calendar.until.year):
        day, decision = world.calendar.decided("KS", date(year + 1, 3, 14))
        entered = world.calendar.workday(day + timedelta(days=2))
        report = {"year": year, "decision": decision}
        yield Step(
            entered,
            world.coordinator(entered),
            f"Kommunstyrelsen har behandlat redovisningen för {year}.",
            {"registry": _with_tip(report, tip)},
            decision,
        )


def _with_tip(report: dict[str, Value], tip: Callable[[], str]) -> Edit:
    return lambda old: {**old, "annual_reports": [*old.get("annual_reports", []), {**report, "commit": tip()}]}


# --- the towns ------------------------------------------------------------------------------------------------------


def _towns(world: World) -> Iterator[Step]:
    """Every other year somebody says how it works with each town."""
    for number, (town, facts) in enumerate(content("towns").items()):
        for turn, note in enumerate(facts["notes"]):
            day = world.calendar.workday(world.calendar.season(6 - 2 * turn - number % 2, 3, 3 + number))
            assessment = {"date": day, "working": "Vilade" not in note and "Ingen" not in note, "note": note}
            change = both(entry("cooperation", assessment), values({"last_contact": day - timedelta(days=9)}))
            why = "Årlig avstämning med vänorten." if turn else "Första avstämningen med vänorten i registret."
            yield Step(day, world.coordinator(day), why, {f"twin-towns/{town}": change})
