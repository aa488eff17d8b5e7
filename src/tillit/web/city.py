"""The made-up city: two boards with what they have been delivered and found, and people with something to do.

All of it is done as people would do it: by the same actions, in the same order.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from tillit.demo import DAY, make_town
from tillit.errors import RefusedError
from tillit.web.actions.assignment import assign
from tillit.web.actions.cooperation import end_cooperation
from tillit.web.actions.delivery import receive
from tillit.web.actions.dispatch import register_dispatch
from tillit.web.actions.document import fill_in
from tillit.web.actions.exhibit import add_exhibit
from tillit.web.actions.matter import open_case, report_observation
from tillit.web.actions.note import write_contact
from tillit.web.actions.responsibility import name_responsible
from tillit.web.actions.role_review import ask_reviews
from tillit.web.actions.run import start_run
from tillit.web.actions.step import agree, take_step
from tillit.web.actions.withdrawal import withdraw
from tillit.web.city_invoices import make_invoices
from tillit.web.city_permits import make_permits
from tillit.web.city_records import make_records
from tillit.web.city_recovery import claim_back, notify
from tillit.web.city_reports import make_reports
from tillit.web.city_rights import make_rights
from tillit.web.city_samples import make_samples
from tillit.web.city_settlement import pay_two, settle_newest, settle_two
from tillit.web.city_signals import make_signals
from tillit.web.city_statistics import make_statistics
from tillit.web.jobs import work
from tillit.web.models import Board, Case, Document, Finding, Grant, Matter, Proposal, Provider, Unit, Upload, User
from tillit.web.rules.content import catalogue
from tillit.web.rules.made_up_city import PASSWORD, is_made_up
from tillit.web.rules.scope import within, within_all
from tillit.web.rules.viewer import viewer_of

BOARDS = {"norr": "Norra stadsdelsnämnden", "syd": "Södra stadsdelsnämnden"}
OTHERS = {
    "Helena": "R18",
    "Dag": "R26",
    "Berit": "R27",
    "Ines": "R08",
    "Petra": "R09",
    "Frida": "R13",
    "Ture": "R14",
    "Rolf": "R23",
    "Karin": "R11",
    "Sixten": "R28",
    "Arvid": "R34",
}
"""At the board norr, for each role that has something to do and that nobody of the cast holds."""

UNITS = {
    "funktionsstod": "Funktionsstöd",
    "aldreomsorg": "Äldreomsorg",
    "socialjour": "Socialjour",
    "avtal": "Avtal och ekonomi",
}
"""Of the board norr, called as in its decisions; the last has what no decision places."""

EARLIER = date(2026, 3, 15)
"""The day of the run before: what the months after it brought is not delivered yet."""

FIRST_DAY = date(2024, 6, 1)
"""From when its people hold their roles."""

_MONTHS_AFTER = ("2026-03", "2026-04", "2026-05")
_NOT_AT_SYD = ("solsidan", "egen-regi", "kastanjen")  # a smaller board
_DONE = "made-up-city"
_BEGUN = "made-up-city-begun"


class NotMadeUpError(RefusedError):
    """The made-up city is never put into an installation that is not made up."""


class HalfMadeError(RefusedError):
    """The city was begun and not finished."""


@dataclass(frozen=True)
class City:
    """The city while it is made: its people, and the time at its end."""

    people: Mapping[str, User]
    now: datetime

    def ago(self, days: float) -> datetime:
        """A time some days before the end."""
        return self.now - timedelta(days=days)


def clear_away_half() -> None:
    """Takes away a city that was begun and never finished, so that it can be made anew; a made one is left as it is.

    Only where it is files: before the database is opened, and never what did not begin as a made-up city.
    """
    folder = Path(settings.TILLIT.folder)
    if (folder / _DONE).exists() or not (folder / _BEGUN).exists() or connection.vendor != "sqlite":
        return
    for file in folder.glob("tillit.sqlite3*"):
        file.unlink()
    shutil.rmtree(folder / "boards", ignore_errors=True)
    (folder / _BEGUN).unlink()


def make_city(*, now: datetime, tell: Callable[[str], None] = lambda text: None) -> bool:
    """Makes the city, as it stands at a time. Gives whether it was made: not where it is already there.

    Takes: what is told how far it has come; it takes half a minute.
    Raises: NotMadeUpError, HalfMadeError.
    """
    folder = Path(settings.TILLIT.folder)
    if not is_made_up():
        raise NotMadeUpError(
            "this is no made-up city", where=str(folder), fix="start with --made-up-city in a new folder"
        )
    if (folder / _DONE).exists():
        return False
    if Board.objects.exists():
        raise HalfMadeError("it holds something else, or a city half made", where=str(folder), fix="give a new folder")
    (folder / _BEGUN).touch()
    tell("The made-up city is built, this once. It takes about half a minute.")
    city = City(settle(since=FIRST_DAY), now)
    with tempfile.TemporaryDirectory(prefix="tillit-city-") as towns:
        norr, syd = Path(towns) / "norr", Path(towns) / "syd"
        make_town(norr, seed=1)
        make_town(syd, seed=2)
        tell("1 of 4: Norra stadsdelsnämnden delivers its files, and the controls are run.")
        _deliver(city, "norr", "Klas", _files(norr, without=_MONTHS_AFTER), at=city.ago(5.2))
        _run(city, "norr", "Klas", EARLIER, at=city.ago(5))
        tell("2 of 4: Its people assess what was found, and open cases.")
        _work_at_norr(city)
        pay_two(city, _take)
        with within_all():
            settle_newest(city, Board.objects.get(slug="norr"), _take)
        tell("3 of 4: Three more months are delivered, and the controls are run again.")
        _deliver(city, "norr", "Fredrik", _files(norr, only=_MONTHS_AFTER), at=city.ago(1))
        _run(city, "norr", "Klas", DAY, at=city.ago(0.9))
        tell("4 of 4: Södra stadsdelsnämnden delivers its files, and the controls are run.")
        _deliver(city, "syd", "Bo", _files(syd, without=_NOT_AT_SYD + _MONTHS_AFTER), at=city.ago(1))
        _run(city, "syd", "Bo", EARLIER, at=city.ago(0.9))
        _withdraw_at_syd(city)
    with within_all():
        make_samples(city.people, city.now, Board.objects.get(slug="norr"))
    make_invoices(city.people, city.now)
    _tell_of_providers(city)
    ask_reviews(now=city.ago(0.4))
    make_statistics(city.people)
    make_reports(city.people, city.now)
    with within_all():
        make_signals(city.people, city.now)
    make_permits(city.people, city.now)
    make_rights(city.people, city.now)
    (folder / _DONE).touch()
    (folder / _BEGUN).unlink()
    return True


def settle(*, since: date) -> dict[str, User]:
    """Boards and accounts: the cast of the content, and one for each other role that has something to do."""
    boards = {
        slug: Board.objects.create(slug=slug, name=name, mailbox=f"{slug}.sdn@provstad.example")
        for slug, name in BOARDS.items()
    }
    for number, (slug, name) in enumerate(UNITS.items(), 1):
        Unit.objects.create(board=boards["norr"], slug=slug, name=name, default=number == len(UNITS))
    held = {name: (member.roles, member.board) for name, member in catalogue().cast.items()}
    held |= {name: ([role, "R19"], "norr") for name, role in OTHERS.items()}
    people, password = {}, make_password(PASSWORD)  # the same for all, and slow to make
    for name, (roles, board) in held.items():
        external = any(catalogue().roles[role].external for role in roles)
        people[name] = User.objects.create(username=name.lower(), name=name, password=password, external=external)
        for role in roles:
            where = None if catalogue().roles[role].whole_municipality else boards[board]
            Grant.objects.create(user=people[name], role=role, board=where, valid_from=since)
    return people


def _files(town: Path, *, without: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> list[Path]:
    files = [path for path in sorted(town.rglob("*")) if path.is_file() and path.parent.name != "tillit"]
    names = {path: path.relative_to(town).as_posix() for path in files}
    left = [path for path in files if not any(part in names[path] for part in without)]
    return [path for path in left if any(part in names[path] for part in only)] if only else left


def _deliver(city: City, board: str, who: str, files: list[Path], *, at: datetime) -> None:
    to, by = Board.objects.get(slug=board), viewer_of(city.people[who], at)
    for file in files:
        with within(by.boards()):
            receive(file.name, [file.read_bytes()], board=to, by=by, now=at)
    work(once=True, clock=lambda: at)


def _run(city: City, board: str, who: str, day: date, *, at: datetime) -> None:
    by = viewer_of(city.people[who], at)
    with within(by.boards()):
        start_run(board=Board.objects.get(slug=board), by=by, now=at, day=day)
    work(once=True, clock=lambda: at)


def _withdraw_at_syd(city: City) -> None:
    """A file that should not have been sent: what was found in it says so."""
    syd = Board.objects.get(slug="syd")
    with within([syd.pk]):
        under = Finding.objects.filter(board=syd).order_by("pk")[0].result["evidence"][0]["sha256"]
        file = Upload.objects.get(board=syd, sha256=under)
        why = "Leverantören skickade fel version. En rättad fil kommer."
        by = viewer_of(city.people["Bo"], city.ago(0.5))
        withdraw(file.pk, why=why, by=by, now=city.ago(0.5))
    work(once=True, clock=lambda: city.ago(0.5))


def _work_at_norr(city: City) -> None:
    norr = Board.objects.get(slug="norr")
    with within([norr.pk]):
        _observe(city, norr)
        _assess(city)
        _investigate(city, _finding("ASS-01"), hear=True)
        _investigate(city, _finding("BOE-06"), hear=False)
        _name_responsible(city, norr)
        notify(city, norr, Case.objects.get(findings=_finding("ASS-01")), _take)
        claim_back(city, norr, _take)
        settle_two(city, norr, _take)
        make_records(city.people, city.now, norr)


def _observe(city: City, norr: Board) -> None:
    """An observation that nobody has assessed in time."""
    at = city.ago(16)
    given = {"observation": "Brukaren säger att assistenten aldrig kommer på söndagar, men de står i rapporten."}
    by = viewer_of(city.people["Elin"], at)
    report_observation(by=by, now=at, board=norr, title="Söndagar som inte blev av", given=given)


def _assess(city: City) -> None:
    until = (city.now + timedelta(days=60)).date().isoformat()
    innocent = {"explanation": "innocent", "reason": "Dubbelbemanning enligt beslutet.", "until": until}
    risk = {"placement": "control_file", "cause": "unclear"}
    _take(city, _finding("HEM-03"), "explain", "Klas", city.ago(4), innocent)
    _take(city, _finding("FAK-06"), "correct", "Klas", city.ago(4), {"reason": "Anordnaren skickar en kreditfaktura."})
    for control, level in (("ASS-01", "high"), ("BOE-06", "high"), ("ASS-06", "middle"), ("LEV-13", "low")):
        _take(city, _finding(control), "assess", "Klas", city.ago(4), {"risk": level, **risk})
    deeper = {
        "legal_basis": "15 § LSS",
        "proportionality": "Tidrapporterna räcker inte för att förstå de långa passen. Schemat begärs in, inget mer.",
        "child_best": "Inget barn berörs.",
        "child_heard": "Inget barn berörs.",
    }
    _take(city, _finding("ASS-06"), "look_deeper", "Cilla", city.ago(3), deeper)
    by = viewer_of(city.people["Klas"], city.ago(3))
    assign(_finding("ASS-10"), city.people["Hanna"], by=by, now=city.ago(3), why="Känner till frånvaron")


def _investigate(city: City, finding: Finding, *, hear: bool) -> None:
    """A case on a finding: as far as the letter to the party, or to where a second person is waited for."""
    _take(city, finding, "investigate", "Cilla", city.ago(3), {"reason": "Ingen förklaring har hittats."})
    case = Case.objects.get(findings=finding)
    assign(case, city.people["Asta"], by=viewer_of(city.people["Cilla"], city.ago(3)), now=city.ago(3))
    look = {
        "preliminary": "Uppgifterna går inte ihop.",
        "case_type": "hours" if hear else "permit",
        "relation": "choice",
    }
    _take(city, case, "look", "Asta", city.ago(2.5), look)
    reasons = {"legal_basis": "12 § LSS", "reason": "Beloppet behöver utredas.", "bias_checked": True}
    second = "Cilla" if hear else ""
    _take(city, case, "open", "Asta", city.ago(2), reasons | {"case_type": look["case_type"]}, second)
    if hear:
        _take(
            city,
            case,
            "collect",
            "Asta",
            city.ago(1.9),
            {"plan": "Scheman och tidrapporter för januari, från anordnaren."},
        )
        letter = {
            "heard_party": "provider",
            "hearing_channel": "secure",
            "hearing_subject": "Två rapporter som gäller samma timmar den 14 januari.",
            "answer_by": (city.now + timedelta(days=20)).date().isoformat(),
        }
        _take(city, case, "hear", "Asta", city.ago(1.5), letter)
        _collected(city, case)
        _send(city, case)


def _collected(city: City, case: Case) -> None:
    """Evidence that has come, a contact, and a lawyer who can take the evidence out."""
    at, asta = city.ago(1.7), viewer_of(city.people["Asta"], city.ago(1.7))
    add_exhibit(
        case, by=asta, now=at, title="Schema för januari", origin="Anordnaren, ur sin planering", way="provider",
        dated_on=date(2026, 1, 2), remark="Ett pass den 14 januari, hos en brukare.", name="schema-januari.csv",
        chunks=["dag;från;till\n2026-01-14;10:00;12:00\n".encode()],
    )  # fmt: skip
    said = "Anordnaren har två planeringssystem och går igenom dem. Svarar skriftligt."
    write_contact(case, by=asta, now=at, text=said, happened_at=at, contact_with="provider", channel="phone")
    assign(case, city.people["Jonna"], by=viewer_of(city.people["Cilla"], at), now=at, why="Jurist i ärendet")


def _send(city: City, case: Matter) -> None:
    """The letter to the party: what was missing in it is filled in, and that it was sent is registered."""
    asta = viewer_of(city.people["Asta"], city.ago(1.4))
    given = {
        "enclosures": "Tidrapport för januari, blad 1\nTidrapport för januari, blad 4",
        "may_lead_to": ["recovery", "nothing"],
        "has_representative": "not_a_person",
        "contact": "Norra stadsdelsnämndens växel",
    }
    letter = Document.objects.get(matter=case, document="hearing_letter")
    fill_in(
        letter, by=asta, now=asta.now, times=letter.times, given=given, recipient="Anordnaren\nBox 1\n123 45 Provstad"
    )
    letter = Document.objects.get(pk=letter.pk)
    register_dispatch(
        letter, by=asta, now=asta.now, times=letter.times, recipient="provider", channel="secure", sent_at=asta.now,
        kind="word", registry_number="SDN 2026/17",
    )  # fmt: skip


def _tell_of_providers(city: City) -> None:
    """Remedy is demanded of one provider, and the cooperation with another has ended: the other board sees both."""
    norr, at = Board.objects.get(slug="norr"), city.ago(0.5)
    lunden = Provider.objects.get(name="Omsorg i Lunden AB")
    relief = Provider.objects.get(name="Lättnad i Vardagen AB")
    by = viewer_of(city.people["Klas"], at)
    facts = "Månadens rapporter kom två veckor för sent tre månader i rad, och utan underskrift."
    given = {"provider": lunden.number, "area": "personal_assistance", "kind": "reporting", "facts": facts}
    demand = {
        "term": "11 a § LSS",
        "demand": "Lämna rapporterna i tid, underskrivna.",
        "heard_party": "provider",
        "hearing_channel": "secure",
        "answer_by": (city.now + timedelta(days=15)).date().isoformat(),
        "remedy_by": (city.now + timedelta(days=30)).date().isoformat(),
    }
    with within([norr.pk]):
        case = open_case("provider_deviation", by=by, now=at, board=norr, given=given)
        _take(city, case, "demand", "Klas", at, demand)
        by = viewer_of(city.people["Cilla"], at)
        end_cooperation(relief, norr, until=by.day, because="permit", by=by, now=at)


def _name_responsible(city: City, norr: Board) -> None:
    """Who answers for the assistance at its unit: all but two steps have someone."""
    named = {
        "decide": ("Biståndshandläggare", city.people["Hanna"]),
        "order": ("Biståndshandläggare", city.people["Hanna"]),
        "permit": ("Kontrollfunktionen", city.people["Klas"]),
        "receive": ("Kontrollfunktionen", city.people["Klas"]),
        "pay": ("Ekonomi", city.people["Fredrik"]),
        "settle": ("Ekonomi", city.people["Fredrik"]),
    }
    unit, at = Unit.objects.get(board=norr, slug="funktionsstod"), city.ago(3)
    by = viewer_of(city.people["Cilla"], at)
    name_responsible("personal_assistance", named, board=norr, unit=unit, by=by, now=at)


def _finding(control: str) -> Finding:
    return Finding.objects.filter(control=control).order_by("pk")[0]


def _take(
    city: City, matter: Matter, step: str, who: str, at: datetime, given: Mapping[str, Any], second: str = ""
) -> None:
    now = Matter.objects.get(pk=matter.pk)
    taken = take_step(now, step, by=viewer_of(city.people[who], at), now=at, version=now.version, given=given)
    if second and isinstance(taken, Proposal):
        agree(taken, by=viewer_of(city.people[second], at), now=at)
