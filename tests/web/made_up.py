"""A made-up board's month: a dozen findings and some cases for the cast. Nothing in it is real."""

import gzip
import hashlib
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django_scopes import scopes_disabled

from tests.web.matters import make
from tests.web.payments import batch, ready
from tests.web.people import NOW, as_viewer, settle
from tests.web.reports import bind, make_report, part
from tillit.matching import Reason, Tried
from tillit.store import Evidence
from tillit.web.actions.assignment import assign
from tillit.web.actions.checklist import Given, answer_checklist, begin_checklist
from tillit.web.actions.exhibit import add_exhibit
from tillit.web.actions.matter import new_case, open_case, report_observation
from tillit.web.actions.note import write_contact, write_note
from tillit.web.actions.party_copy import make_party_copy
from tillit.web.actions.step import take_step
from tillit.web.models import (
    Board,
    ChecklistRun,
    Contract,
    Finding,
    InvoiceLine,
    Matter,
    Permit,
    Proposal,
    Provider,
    ProviderCheck,
    ProviderLink,
    Run,
    Sample,
    SampleUnit,
    Series,
    StepTaken,
    Unit,
    Upload,
    Use,
    User,
    WorkerReport,
)
from tillit.web.queries.extract import GIVE, parts
from tillit.web.rules.content import catalogue
from tillit.web.rules.made_up_city import PASSWORD
from tillit.web.rules.scope import within
from tillit.web.rules.urgency import urgency
from tillit.web.rules.viewer import Viewer, nobody

PROVIDERS = {
    "5599990008": "Norrviks Assistans AB",
    "5599991014": "Omsorg & Hjärta AB",
    "7699990029": "Grannhjälpen ek. för.",
}

#       control, title, severity, certainty, type, provider, client, öre, days ago, state
ROWS = [
    ("ASS-01", "Samma assistent hos två brukare samtidigt", 4, "sure", "rule", 0, "0000-0000-0000K", 4125000, 2, "new"),
    ("ASS-04", "Fler timmar än beslutet", 4, "sure", "deviation", 0, "0000-0000-0000K", 1890000, 2, "new"),
    ("ASS-06", "Orimligt lång arbetsdag", 3, "possible", "rule", 0, "0000-0000-0000M", 0, 4, "new"),
    ("ASS-02", "Samma rad två gånger", 4, "sure", "rule", 1, "0000-0000-0000P", 642000, 9, "new"),
    ("HEM-03", "Besök som överlappar varandra", 3, "sure", "rule", 1, "0000-0000-0000Q", 84500, 6, "new"),
    ("HEM-03", "Besök som överlappar varandra", 3, "sure", "rule", 1, "0000-0000-0000R", 61200, 6, "new"),
    ("HEM-03", "Besök som överlappar varandra", 3, "possible", "rule", 1, "0000-0000-0000S", 42800, 6, "new"),
    ("HEM-12", "Sammanboende debiteras båda", 2, "possible", "rule", 1, "0000-0000-0000T", 23600, 12, "assessed"),
    ("FAK-01", "Samma faktura två gånger", 4, "sure", "rule", 2, "", 5200000, 1, "new"),
    ("LEV-01", "Tillståndet är inte kontrollerat", 2, "sure", "control_not_done", 2, "", 0, 20, "assessed"),
    ("NAT-11", "Samma person under två nummer", 1, "indication", "data_quality", 0, "", 0, 15, "new"),
    ("ASS-20", "Rapporten kom för sent", 2, "sure", "deviation", 0, "0000-0000-0000V", 0, 30, "deeper"),
]  # fmt: skip


def shifts(client: str) -> list[Evidence]:
    """Two rows that do not agree, as delivered."""

    def row(line: int, who: str, start: str, end: str, kind: str) -> Evidence:
        values = {
            "work_date": "2026-02-03", "worker_id": "0000-0000-0000A", "client_id": who,
            "starts_at": f"2026-02-03T{start}+01:00", "ends_at": f"2026-02-03T{end}+01:00", "kind": kind,
        }  # fmt: skip
        return Evidence(file="norrvik-2026-02.csv", sha256="9f" * 32, line=line, table="time_entry", values=values)

    return [row(214, client, "08:00", "12:00", "active"), row(571, "0000-0000-0000B", "10:00", "14:00", "active")]


def finding(board: Board, number: int, row: tuple[Any, ...] = ROWS[0], *, now: datetime = NOW) -> Finding:
    """One finding, as an import would store it."""
    control, title, severity, certainty, type, provider, client, ore, ago, state = row
    process = catalogue().processes["finding"]
    known = catalogue().controls.get(control)
    at = now - timedelta(days=ago)
    evidence = shifts(client) if client else []
    tried = [one.reason for one in known.legitimate] if known else ["Byte av assistent", "Samma hushåll"]
    made: Finding = Finding.objects.create(
        process="finding",
        process_revision=process.revision,
        state=state,
        state_since=at,
        zone=process.zone,
        board=board,
        number=f"{board.slug.upper()}-F-2026-{number}",
        title=known.title if known else title,
        provider_number=list(PROVIDERS)[provider],
        fields={"placement": "control_file", "risk": "middle"} if state != "new" else {},
        opened_at=at,
        due_on=(at + timedelta(days=7)).date(),
        key=f"{control}-{number}",
        control=control,
        certainty=certainty,
        severity=severity,
        urgency=urgency(severity, certainty),
        type=type,
        client_code=client,
        worker_code="0000-0000-0000A" if client else "",
        period_from=date(2026, 2, 3),
        period_to=date(2026, 2, 3),
        at_risk_ore=ore,
        result={
            "measured": 120, "limit": 0, "unit": "minutes", "minutes_at_risk": 120,
            "priced": bool(ore), "currency": "SEK",
            "details": {}, "tried": tried[:1], "not_tried": tried[1:2],
            "evidence": [asdict(one) for one in evidence],
        },
    )  # fmt: skip
    return made


def providers(board: Board, day: date) -> None:
    """What every board may know of the providers."""
    kinds = {
        "5599990008": ["personal_assistance"],
        "5599991014": ["home_care", "personal_assistance"],
        "7699990029": [],
    }
    for number, name in PROVIDERS.items():
        one = Provider.objects.create(
            number=number, name=name, legal_form="AB" if number.startswith("55") else "Ekonomisk förening",
            service_areas=kinds[number], status="active", registered_on=date(2014, 5, 6), f_tax=True, employer=True,
            read_on=day - timedelta(days=12),
        )  # fmt: skip
        Use.objects.create(provider=one, board=board, since=date(2021, 1, 1))
        for area in kinds[number]:
            Permit.objects.create(provider=one, service_type=area, valid_from=date(2015, 1, 1), read_on=one.read_on)
        ProviderCheck.objects.create(
            provider=one, board=board, what="Tillstånd kontrollerat hos IVO", done_on=day - timedelta(days=80),
            due_on=day + timedelta(days=10), result="Giltigt",
        )  # fmt: skip
    one, other, third = (Provider.objects.get(number=number) for number in PROVIDERS)
    since = {"one_from": date(2019, 1, 1), "other_from": date(2020, 3, 1), "board": board, "read_on": day}
    ProviderLink.objects.create(
        one=one, other=other, kind="role", one_roles=["board"], other_roles=["ceo", "owner"], **since
    )
    ProviderLink.objects.create(one=other, other=third, kind="account", other_to=date(2021, 1, 1), **since)
    contract = {"service_area": "home_care", "form": "lov", "valid_from": date(2023, 1, 1)}
    Contract.objects.create(provider=Provider.objects.get(number="5599991014"), board=board, **contract)


def deliveries(board: Board, people: dict[str, User], now: datetime) -> None:
    """Files that have come, and a run over them."""
    line = {"line": 88, "what": "Till är tomt", "fix": "fråga anordnaren när passet slutade"}
    read = {
        "status": "accepted_with_remarks", "source_title": "Tidredovisning, en rad per pass", "lines_read": 1284,
        "lines_stored": 1283, "lines_refused": 1, "refusals": [line], "remarks": [], "size": 91_000,
        "rows": {"time_entry": 1283},
        "mapped": [{"heading": "Assistent", "column": "worker_id"}, {"heading": "Från", "column": "starts_at"}],
    }  # fmt: skip
    for name, told, error in (
        ("norrvik-2026-02.csv", read, ""),
        ("hjarta-2026-02.xlsx", {}, ""),
        ("fakturor-februari.xml", {}, "NotAFileError"),
    ):
        digest = hashlib.sha256(name.encode()).hexdigest()
        Upload.objects.create(
            board=board,
            name=name,
            sha256=digest,
            by=people["Klas"],
            at=now - timedelta(days=1),
            delivery=told,
            error=error,
            size=91_204,
        )
    missing = [{"control": "ASS-20", "why": "", "missing": ["decision"]}]
    summary = {
        "findings": 12,
        "new": 4,
        "same": 8,
        "reopened": 0,
        "gone": 2,
        "at_risk_ore": 12191000,
        "not_run": missing,
    }
    done = {"finished_at": now - timedelta(hours=20), "progress": 100, "summary": summary}
    Run.objects.create(board=board, day=now.date(), by=people["Klas"], at=now - timedelta(hours=21), **done)
    Run.objects.create(board=board, day=now.date(), by=people["Klas"], at=now - timedelta(minutes=1), progress=40)


def cases(people: dict[str, User], now: datetime) -> None:
    """A finding is observed by Elin, two go to investigation, and one step waits for a second person."""
    board = Board.objects.get(slug="norr")

    def viewer(name: str) -> Viewer:
        return as_viewer(people[name], now)

    def take(number: str, step: str, by: str, **given: Any) -> StepTaken | Proposal:
        matter = Matter.objects.get(number=number)
        return take_step(matter, step, by=viewer(by), now=now, version=matter.version, given=given)

    given = {"observation": "Assistenten kom inte vid två tillfällen förra veckan. <b>Vet inte</b> varför – 🙂"}
    report_observation(by=viewer("Elin"), now=now, board=board, title='Utebliven tid hos "Norrvik"', given=given)
    take("NORR-F-2026-4", "assess", "Klas", risk="high", placement="control_file", cause="unclear")
    opened = take("NORR-F-2026-4", "investigate", "Cilla", reason="Beloppet är stort och ingen förklaring finns").opened
    assign(opened, people["Asta"], by=viewer("Cilla"), now=now, why="Du känner anordnaren")
    take(
        opened.number, "look", "Asta", preliminary="Två rapporter gäller samma timmar. Anordnaren har två olika system."
    )
    take(
        opened.number, "open", "Asta", legal_basis="12 § LSS", reason="Samma timmar är betalda två gånger",
        case_type="hours", bias_checked=True,
    )  # fmt: skip
    write_contact(
        opened, by=viewer("Asta"), now=now, text="Anordnaren skickar sina scheman på måndag.",
        happened_at=now - timedelta(hours=2), contact_with="provider", channel="phone",
    )  # fmt: skip
    write_note(opened, by=viewer("Asta"), now=now, text="Schemana behövs innan parten får yttra sig.")
    add_exhibit(
        opened, by=viewer("Asta"), now=now, title="Schema för februari", origin="Norrviks Assistans AB",
        dated_on=now.date(), way="provider", name="schema.txt", chunks=[b"Mandag 08-12"],
    )  # fmt: skip
    chosen = {part.key: part.struck or GIVE for part in parts(opened)}
    make_party_copy(opened, by=viewer("Asta"), now=now, purpose="Anordnaren", chosen=chosen)
    asked = {
        "direction": "out", "counterpart": "fk", "question": "Utbetald ersättning i februari", "purpose": "Utredningen",
        "gateway": "notification",
    }  # fmt: skip
    open_case("disclosure", by=viewer("Jonna"), now=now, board=board, given=asked)


def records(people: dict[str, User], now: datetime) -> None:
    """Klas has a control record to sign; Hanna has a matter of support where a check list is half filled in."""
    board, klas, hanna = Board.objects.get(slug="norr"), as_viewer(people["Klas"], now), as_viewer(people["Hanna"], now)
    given = {"why": "periodic", "control_kind": "invoice"}
    record = open_case("control_record", by=klas, now=now, board=board, given=given, title="Fakturor i februari")
    run = begin_checklist(record, "CL5", by=klas, now=now)
    replies = {name: Given("yes", source="Fakturan") for name in run.asked}
    replies["log"] = Given("no", source="Utförarens tidsystem", comment="Fyra timmar saknas. <b>Begärd</b> i dag.")
    answer_checklist(run, replies, by=klas, now=now)
    written = {
        "object_kind": "company", "object": "Faktura 4711", "done_on": now.date().isoformat(), "method": ["documents"],
        "sources": "Fakturan och loggen", "found": "Fyra timmar saknas i loggen", "deviation": "minor",
        "deviation_kind": "overbilled", "amount": 185000,
    }  # fmt: skip
    take_step(record, "write", by=klas, now=now, version=1, given=written)
    asked = {"decision_kind": "assistance", "reference": "2026-17"}
    support = open_case("support", by=hanna, now=now, board=board, given=asked)
    half = begin_checklist(support, "CL4", by=hanna, now=now)
    answer_checklist(half, {"identity": Given("yes"), "own_words": Given("no")}, by=hanna, now=now)


def invoice(board: Board, now: datetime) -> None:
    """An invoice for home care that has been matched, with a price above the list on its second line."""
    made = make(
        catalogue().processes["invoice"], now=now, number="NORR-FA-2026-1", state="unmatched",
        provider_number="5599991014", title="Faktura 1001 från Omsorg & Hjärta AB", unit=None,
        due_on=now.date() + timedelta(days=3), supplier_name="Omsorg & Hjärta AB", tried_at=now,
        reasons=[asdict(Reason("price_differs", "2", 51_000, 48_500, "ore", None, "A-1")) | {"day": "2026-01-01"}],
    )  # fmt: skip
    for place, price in ((1, 48_500), (2, 51_000)):
        beside = asdict(Tried(str(place), "home_care", "A-1", "B-1", 48_500, None, 485_000, 600))
        InvoiceLine.objects.create(
            matter_id=made.pk, place=place, line_number=str(place), client_code="0000-0000-0000K", area="home_care",
            item_code="HT", item_name="Hemtjänst <b>dag</b>", service_from=date(2026, 2, 1), minutes=600, unit="hour",
            service_to=date(2026, 2, 28), unit_price_ore=price, amount_ore=price * 10,
            beside=beside | {"price_from": "2026-01-01"},
        )  # fmt: skip
    Series.objects.create(board=board, letters="FA", year=now.year, last=1)


def reports(people: dict[str, User], now: datetime) -> None:
    """A report of the month that has ended, which an assistant is writing."""
    bind(people)
    month = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    part(make_report(now=now, month=month, state="draft"), now=now)


def payments(people: dict[str, User], now: datetime) -> None:
    """A month that is settled, and the file that pays it: attested, and not yet fetched."""
    month = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    report = ready(by=people["Klas"], at=now, number="NORR-T-2026-2", client="0000-0000-0000M", month=month)
    given = {"state": "attested", "attested_by": people["Tyra"], "month": month}
    batch(now=now, made_by=people["Fredrik"], report=report, **given)


def samples(people: dict[str, User], now: datetime) -> None:
    """A sample that is closed, of which two of eight were wrong, and one that waits for its reviews."""
    board, process = Board.objects.get(slug="norr"), catalogue().processes["sample_review"]
    first = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    last = now.date().replace(day=1) - timedelta(days=1)
    for name, closed in (("assistance_month", True), ("grant", False)):
        made = Sample.objects.create(
            board=board, frame=name, frame_revision=1, first=first, last=last, method="simple", wanted=8, mixed=2,
            by=people["Klas"], at=now, seed=f"norr/{name}/{first}/{last}/0123456789abcdef", frame_hash="9f" * 32,
            frame_file=gzip.compress(b"unit;stratum;amount_ore;cluster\r\n", mtime=0), units=80, paid_ore=80_000_000,
            strata={"others" if closed else "grant": [80, 80_000_000, 8]},
            providers={"5599990008": [50, 50_000_000, 4], "5599991014": [30, 30_000_000, 12]},
            groups={"run_by:others": [60, 14], "run_by:own": [20, 2], "size:large": [80, 16]},
        )  # fmt: skip
        for place in range(1, 9):
            given = {"unit": "en månad", "period_from": f"{first}", "period_to": f"{last}", "paid": 1_000_000}
            review = new_case(process, by=nobody(now), now=now, board=board, unit=None, given=given, title="Granska")
            SampleUnit.objects.create(
                sample=made, place=place, unit=f"{place}", origin="random", stratum="others" if closed else "grant",
                amount_ore=1_000_000, chance_top=1, chance_of=10, provider_number="5599991014",
                groups=["run_by:others", "size:large"], found_by=["ASS-01"] if place < 4 else [], matter=review,
            )  # fmt: skip
            if closed:
                wrong = {"outcome": "amount", "too_much": 50_000} if place < 3 else {"outcome": "right"}
                given = {"found": "Rapporterna stämmer"} | wrong
                take_step(review, "review", by=as_viewer(people["Klas"], now), now=now, version=1, given=given)
        closing = {"closed_at": now, "closed_by": people["Klas"]} if closed else {}
        Sample.objects.filter(pk=made.pk).update(drawn_at=now, **closing)


def settle_month(*, now: datetime = NOW) -> dict[str, User]:
    """The cast, their boards, and what they have to do this month."""
    people = settle()
    hashed = make_password(PASSWORD)
    for person in people.values():
        person.password = hashed
        person.save(update_fields=["password"])
    boards = list(Board.objects.values_list("pk", flat=True))
    with within(boards):
        board = Board.objects.get(slug="norr")
        for slug, name in (("assistans", "Assistansenheten"), ("hemtjanst", "Hemtjänstenheten")):
            Unit.objects.create(board=board, slug=slug, name=name)
        for number, row in enumerate(ROWS, start=1):
            finding(board, number, row, now=now)
        Series.objects.create(board=board, letters="F", year=now.year, last=len(ROWS))
        providers(board, now.date())
        deliveries(board, people, now)
        invoice(board, now)
        cases(people, now)
        records(people, now)
        reports(people, now)
        payments(people, now)
        samples(people, now)
    return people


def known() -> dict[str, int]:
    """The keys of what was made, for the addresses that hold them."""
    with scopes_disabled():
        runs = Run.objects.order_by("pk")
        return {
            "asta": User.objects.get(username="asta").pk,
            "proposal": Proposal.objects.get(settled_at=None).pk,
            "delivery": Upload.objects.get(name="norrvik-2026-02.csv").pk,
            "filled": ChecklistRun.objects.order_by("pk")[0].pk,
            "half": ChecklistRun.objects.order_by("pk")[1].pk,
            "part": WorkerReport.objects.get(matter__number="NORR-T-2026-1").pk,
            "run": runs[0].pk,
            "run_going": runs[1].pk,
            "sample": Sample.objects.get(frame="assistance_month").pk,
            "sample_open": Sample.objects.get(frame="grant").pk,
        }
