"""How a wrong is put into a district: which wrongs there are of a kind, and how what they are put in is picked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tillit.demo.drawn.district import SHIFT, District, Kind, NothingFree, Truth
from tillit.units import day_minutes

Wrong = Callable[[District], list[Truth]]
"""Puts one wrong into the district, and gives what should be found: most often one thing. Raises: NothingFree."""


@dataclass(frozen=True)
class Plant:
    """A wrong, named after its control, and how it came about.

    `once` is of what takes much of a district: planted before the others, and not again.
    """

    kind: Kind
    wrong: Wrong
    once: bool = False

    @property
    def control(self) -> str:
        """The control that should find it.

        >>> def ass_01_ends_too_late(district): ...
        >>> Plant("honest", ass_01_ends_too_late).control
        'ASS-01'
        """
        return self.wrong.__name__[:6].upper().replace("_", "-")


def plant_all(district: District, plants: Iterable[Plant], *, known_only: bool) -> dict[str, int]:
    """Plants them in turns, one of each in an order of chance and then the next, so that what is scarce is shared.

    Gives: what nothing was free for, and how many times.
    """
    wanted = [one for one in plants if not known_only or one.kind == "known"]
    left: dict[str, int] = {}
    for turn in range(round(district.plan("wrongs"))):
        first, often = [one for one in wanted if one.once and not turn], [one for one in wanted if not one.once]
        district.random.shuffle(first)
        district.random.shuffle(often)
        for one in [*first, *often]:
            try:
                found = one.wrong(district)
            except NothingFree:
                name = f"{one.control} {one.kind}"
                left[name] = left.get(name, 0) + 1
                continue
            district.truths += [replace(truth, control=truth.control or one.control, kind=one.kind) for truth in found]
    return left


@dataclass(frozen=True)
class Shift:
    """A row of time as it stands in the district."""

    id: int
    worker: int
    client: int
    provider: str
    day: date
    from_minute: int
    to_minute: int
    kind: str
    receipt_from: int | None

    @property
    def minutes(self) -> int:
        """Its real length, also the night when the clocks are changed."""
        turned = day_minutes(self.day) - 1440 if self.from_minute < 120 and self.to_minute >= 180 else 0
        return self.to_minute - self.from_minute + turned

    @property
    def parts(self) -> int:
        """What is paid for it, in 28ths of a minute."""
        return self.minutes * {"waiting": 7, "standby": 4}.get(self.kind, 28)

    @property
    def client_unit(self) -> str:
        """The client as a unit."""
        return f"client {self.client}"

    @property
    def worker_unit(self) -> str:
        """The worker as a unit."""
        return f"worker {self.worker}"


_SHIFT = ("id", "worker", "client", "provider", "day", "from_minute", "to_minute", "kind", "receipt_from")
ASSISTANCE = "area = 'personal_assistance' AND status = 'performed' AND kind IN ('active', 'waiting', 'standby')"
ACTIVE = "area = 'personal_assistance' AND status = 'performed' AND kind = 'active' AND same_visit IS NULL"
VISIT = "area = 'home_care' AND status = 'performed' AND kind = 'visit'"

ATTENDED = (
    "double_staffing IS FALSE AND same_visit IS NULL AND capture <> 'manual' "
    "AND receipt_from >= 0 AND receipt_to <= 1440"
)
"""A visit of one worker to one client, with receipts, that is nothing else."""


def shifts(district: District, where: str, **values: object) -> list[Shift]:
    """The rows of time that a condition holds for, in order of day and time."""
    columns = ", ".join(f"shift.{name}" for name in _SHIFT)
    rows = district.rows(f"SELECT {columns} FROM shift WHERE {where} ORDER BY day, from_minute, id", **values)
    return [Shift(*row) for row in rows]


def pick(
    district: District, where: str, *, join: str = "", accept: Callable[[Shift], bool] = lambda one: True
) -> Shift:
    """A row of time at random, of a client and a worker who are free, on a day when no clock is changed.

    Raises: NothingFree.
    """
    columns = ", ".join(f"shift.{name}" for name in _SHIFT)
    salt = district.random.randrange(1 << 30)
    rows = district.rows(f"SELECT {columns} FROM shift {join} WHERE {where} ORDER BY hash(shift.id, {salt}) LIMIT 400")
    for row in rows:
        one = Shift(*row)
        if (
            district.is_plain(one.day)
            and district.is_free(one.client_unit, one.worker_unit, f"provider {one.provider}")
            and accept(one)
        ):
            return one
    raise NothingFree


def pairs(district: District, condition: str, *, days: int) -> Iterator[tuple[Shift, Shift]]:
    """Pairs of rows of the same day at random, of clients and workers who are free; of so many days."""
    columns = ", ".join(f"{side}.{name}" for side in ("one", "other") for name in _SHIFT)
    salt = district.random.randrange(1 << 30)
    chosen = district.random.sample(range(2, district.days - 1), days)
    listed = ", ".join(f"DATE '{district.day(day)}'" for day in chosen if district.is_plain(district.day(day)))
    if not listed:
        return
    rows = district.rows(
        f"""SELECT {columns} FROM shift AS one JOIN shift AS other
          ON one.day = other.day AND one.client <> other.client AND one.worker <> other.worker
        WHERE one.day IN ({listed}) AND {condition} ORDER BY hash(one.id, other.id, {salt}) LIMIT 400"""
    )
    for row in rows:
        one, other = Shift(*row[: len(_SHIFT)]), Shift(*row[len(_SHIFT) :])
        units = (one.client_unit, one.worker_unit, other.client_unit, other.worker_unit)
        if district.is_free(*units, f"provider {one.provider}", f"provider {other.provider}"):
            yield one, other


def change(district: District, shift: Shift, **values: object) -> None:
    """Changes a row of time."""
    sets = ", ".join(f"{name} = ${name}" for name in values)
    district.run(f"UPDATE shift SET {sets} WHERE id = $id", id=shift.id, **values)


def drop(district: District, where: str, **values: object) -> None:
    """Takes rows of time away."""
    district.run(f"DELETE FROM shift WHERE {where}", **values)


def copy(district: District, shift: Shift, **values: object) -> None:
    """Adds a row of time like another, but for what is given."""
    given = {"id": district.next_id(), **values}
    listed = ", ".join(f"CAST(${name} AS {SHIFT[name]}) AS {name}" if name in given else name for name in SHIFT)
    district.run(f"INSERT INTO shift BY NAME SELECT {listed} FROM shift WHERE id = $of", of=shift.id, **given)


def employ(district: District, provider: str, *, adult_from: date) -> int:
    """A new worker of a provider."""
    worker = district.random.getrandbits(62)
    district.add(
        "worker", worker_id=worker, provider_id=provider, employed_from=date(2024, 1, 1), adult_from=adult_from,
        residence_country="SE", employment="hourly", working_time_regime="agreement", weekly_minutes=2220,
    )  # fmt: skip
    return worker


def priced(minutes: int, ore_an_hour: int) -> int:
    """Öre, rounded once."""
    return (minutes * ore_an_hour * 2 + 60) // 120


def weighed(parts: int, ore_an_hour: int) -> int:
    """Öre of payable time in 28ths of a minute, rounded once."""
    return (parts * ore_an_hour + 840) // 1680


def hour_price(district: District, provider: str) -> int:
    """Öre an hour of home care, by the contract."""
    rows = district.rows(
        "SELECT price_ore FROM price JOIN contract USING (contract_id) "
        "WHERE provider_id = $provider AND price.valid_from <= $month AND COALESCE(price.valid_to, $month) >= $month",
        provider=provider, month=district.month,
    )  # fmt: skip
    return int(rows[0][0])


def shared_minutes(one: Shift, other: Shift) -> int:
    """Minutes in which both are going on."""
    return max(0, min(one.to_minute, other.to_minute) - max(one.from_minute, other.from_minute))


def of_shifts(district: District, what: str, units: tuple[str, ...], kept: list[Shift]) -> Truth:
    """The truth of shifts of assistance that should not be there: all their time, as the law prices it."""
    days = sorted(each.day for each in kept)
    ore = weighed(sum(each.parts for each in kept), district.rate())
    minutes = sum(each.minutes for each in kept)
    one = kept[0]
    return Truth(what, units, one.provider, one.client, None, days[0], days[-1], minutes=minutes, ore=ore)
