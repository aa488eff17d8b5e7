"""A month of assistance of Stockholm's size, the whole chain: the file read, every control run, every client settled.

288 clients with ten assistants each (2 880 in all), round the clock, on thirty months of what was read before. What
lies before is read outside the clock; the controls are asked of all of it, as in a real run. Settled is what was read.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pyarrow.parquet import read_table
from stdnum import luhn

from benchmarks.ratio import Ratio
from tillit.catalogue import Catalogue, load
from tillit.engine import run as ask
from tillit.readers import read_file
from tillit.settlement import Decision, PermitSpan, Stretch, Terms, settle
from tillit.store import Delivery, Store
from tillit.units import Period, add_months

CLIENTS, WORKERS_EACH, MONTHS = 288, 10, 30
MONTH = Period.month(2026, 10)  # with the night that has an hour more
MINUTE_S = 60.0
HEADINGS = "Månad;Personnummer;Assistent personnummer;Organisationsnummer;Dag;Från;Till;Aktiv tid;Väntetid;Beredskap"
CLOCK = (("00:00", "08:00", ";;8"), ("08:00", "16:00", "8;;"), ("16:00", "24:00", "8;;"))


@dataclass(frozen=True)
class Took:
    """Seconds for each part of the chain, how much went through it, and what it cost the processor.

    `cpu_s` is what growth is held by: the two sizes are not taken in turns, and what else the machine does is not ours.
    """

    read_s: float
    asked_s: float
    settled_s: float
    cpu_s: float
    rows: int
    controls: int

    @property
    def all_s(self) -> float:
        """The whole month."""
        return self.read_s + self.asked_s + self.settled_s


def run(rows: int) -> list[Ratio]:
    """Once, and twice the size. Takes nothing of `rows`: the size is the city's."""
    content = load()
    once, twice = (_chain(size, content) for size in (CLIENTS, 2 * CLIENTS))
    parts = f"read {once.read_s:.1f} s, {once.controls} controls {once.asked_s:.1f} s, settled {once.settled_s:.1f} s"
    name = f"a month of {CLIENTS} clients on {MONTHS} months, {once.rows:,} rows ({parts}) / a minute"
    growth = twice.cpu_s / once.cpu_s
    return [
        Ratio(name, once.all_s, MINUTE_S, once.all_s / MINUTE_S, 1.0),
        Ratio(f"{2 * CLIENTS} clients / {CLIENTS} clients, of the processor", twice.cpu_s, once.cpu_s, growth, 2.3),
    ]


def _chain(clients: int, content: Catalogue) -> Took:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store", Path(folder) / "protected")
        before = [
            _read(Path(folder), store, content, clients, add_months(MONTH.first, -back)) for back in range(1, MONTHS)
        ]
        begun, cpu = time.perf_counter(), time.process_time()
        new = _read(Path(folder), store, content, clients, MONTH.first)
        read = time.perf_counter()
        result = ask(store, content, [*before, new], day=MONTH.last + timedelta(days=10))
        asked = time.perf_counter()
        settled = _settle(store, content, new)
        done, cpu = time.perf_counter(), time.process_time() - cpu
        assert settled == clients
        return Took(read - begun, asked - read, done - asked, cpu, new.rows["time_entry"], len(result.run))


def _read(folder: Path, store: Store, content: Catalogue, clients: int, month: date) -> Delivery:
    path = folder / f"tider-{month:%Y-%m}.csv"
    path.write_text("\n".join(["", "Tidsredovisning;;;;;;;;;", HEADINGS, *_lines(clients, month)]), encoding="utf-8")
    delivery = read_file(path, store, content)
    assert not delivery.refusals, delivery.refusals[:3]
    return delivery


def _lines(clients: int, month: date) -> Iterator[str]:
    """Three shifts a day, each by the next of the client's ten assistants."""
    days = (add_months(month, 1) - month).days
    for client in range(clients):
        for shift in range(days * len(CLOCK)):
            start, end, hours = CLOCK[shift % len(CLOCK)]
            worker = clients + client * WORKERS_EACH + shift % WORKERS_EACH
            who = f"{_number(client)};{_number(worker)};556016-0680"
            yield f"{month:%Y-%m};{who};{shift // len(CLOCK) + 1:02};{start};{end};{hours}"


def _number(place: int) -> str:
    """A personal number that is right in form, another for each place."""
    born = date(1950, 1, 1) + timedelta(days=place)
    short = f"{born:%y%m%d}001"
    return f"{born:%Y%m%d}001{luhn.calc_check_digit(short)}"


def _settle(store: Store, content: Catalogue, delivery: Delivery) -> int:
    terms, permits = Terms.of(content.parameters), [PermitSpan("T1", date(2020, 1, 1))]
    months: dict[int, list[Stretch]] = {}
    columns = ["client_id", "worker_id", "starts_at", "ends_at", "kind", "line"]
    for file in store.parquet("time_entry", [delivery.sha256]):
        for row in read_table(file, columns=columns).to_pylist():
            name = f"{row['worker_id']}-{row['line']}"
            months.setdefault(row["client_id"], []).append(
                Stretch(name, _utc(row["starts_at"]), _utc(row["ends_at"]), row["kind"])
            )
    for client, shifts in months.items():
        decision = Decision(f"B{client}", 10_080, "week", date(2025, 1, 1))
        settle(MONTH, decisions=[decision], reported=shifts, terms=terms, permits=permits)
    return len(months)


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=at.tzinfo or UTC)
