"""Wrongs in meetings that associations are paid for: too short, too few, one leader twice, one child twice, no hall."""

from datetime import date
from typing import NamedTuple

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.grant import pick_association
from tillit.demo.drawn.wrongs.plant import Plant

_IN_HALL = "provider_id IN (SELECT provider_id FROM grant_activity WHERE venue IS NOT NULL)"


class Meeting(NamedTuple):
    """An activity that an association has told of."""

    id: str
    provider: str
    team: str
    day: date
    units: tuple[str, ...]


def _meeting(district: District, where: str = "TRUE", *, team: str = "Lag 1") -> Meeting:
    provider, units = pick_association(district, where)
    rows = district.rows(
        "SELECT activity_id, held_on FROM grant_activity WHERE provider_id = $it AND team = $team ORDER BY held_on",
        it=provider, team=team,
    )  # fmt: skip
    id, day = district.random.choice(rows)
    every = district.rows("SELECT activity_id FROM grant_activity WHERE provider_id = $it", it=provider)
    return Meeting(id, provider, team, day, (*units, *district.take(*(f"activity {row[0]}" for row in every))))


def _told(what: str, of: Meeting, *, provider: str | None = "") -> list[Truth]:
    shown = of.provider if provider == "" else provider
    return [Truth(what, of.units, shown, None, None, of.day, of.day)]


def for_04_too_short(district: District) -> list[Truth]:
    """Training stopped after three quarters, and was counted all the same."""
    meeting = _meeting(district)
    district.run(
        "UPDATE grant_activity SET ends_at = starts_at + INTERVAL 45 MINUTE WHERE activity_id = $it", it=meeting.id
    )
    return _told("45 minutes are counted as a meeting", meeting)


def for_04_too_few(district: District) -> list[Truth]:
    """Two came, and it was counted."""
    meeting = _meeting(district)
    district.run("UPDATE grant_activity SET participants = 2 WHERE activity_id = $it", it=meeting.id)
    return _told("two are counted as a meeting", meeting)


def for_05_leads_two_at_once(district: District) -> list[Truth]:
    """The second group is said to have begun before the first had stopped, with the same leader."""
    meeting = _meeting(district, team="Lag 2")
    district.run(
        "UPDATE grant_activity SET starts_at = starts_at - INTERVAL 30 MINUTE WHERE activity_id = $it", it=meeting.id
    )
    return _told("one leader, two groups", meeting)


def for_06_counted_in_two_groups(district: District) -> list[Truth]:
    """Children of one group are counted in the next group too."""
    meeting = _meeting(district, team="Lag 2")
    first = district.rows(
        "SELECT activity_id FROM grant_activity WHERE provider_id = $it AND held_on = $day AND team = 'Lag 1'",
        it=meeting.provider, day=meeting.day,
    )  # fmt: skip
    _also_at(district, first[0][0], meeting.id, meeting.provider)
    return _told("counted twice in a day", meeting)


def for_06_lent_to_another(district: District) -> list[Truth]:
    """Two associations count the same children at the same hour."""
    meeting, other = _meeting(district), _meeting(district)
    at = district.rows(
        "SELECT activity_id FROM grant_activity WHERE provider_id = $it AND held_on = $day AND team = 'Lag 1'",
        it=other.provider, day=meeting.day,
    )  # fmt: skip
    if not at:
        raise NothingFree
    _also_at(district, meeting.id, at[0][0], other.provider)
    both = meeting._replace(units=(*meeting.units, *other.units))
    return _told("counted in two associations at once", both, provider=None)


def _also_at(district: District, one: str, other: str, provider: str) -> None:
    district.run(
        """INSERT INTO grant_attendance BY NAME
        SELECT $provider AS provider_id, $other AS activity_id, person_id, part FROM grant_attendance
        WHERE activity_id = $one AND part = 'participant' ORDER BY person_id LIMIT 4""",
        provider=provider, one=one, other=other,
    )  # fmt: skip


def for_07_one_list(district: District) -> list[Truth]:
    """One list is written off for every meeting of the month."""
    meeting = _meeting(district)
    there = "SELECT activity_id FROM grant_activity WHERE provider_id = $it AND team = 'Lag 1'"
    district.run(
        f"DELETE FROM grant_attendance WHERE part = 'participant' AND activity_id IN ({there})", it=meeting.provider
    )
    people = [district.random.getrandbits(62) for _ in range(12)]
    meetings = [row[0] for row in district.rows(there, it=meeting.provider)]
    district.add_many(
        "grant_attendance",
        ("provider_id", "activity_id", "person_id", "part"),
        [(meeting.provider, id, who, "participant") for id in meetings for who in people],
    )
    district.run(
        "UPDATE grant_activity SET participants = 12 WHERE provider_id = $it AND team = 'Lag 1'", it=meeting.provider
    )
    first, last = district.rows(
        "SELECT MIN(held_on), MAX(held_on) FROM grant_activity WHERE provider_id = $it", it=meeting.provider
    )[0]
    return [Truth("one list all month", meeting.units, meeting.provider, None, None, first, last)]


def for_08_no_booking(district: District) -> list[Truth]:
    """A meeting in a hall that nobody had booked."""
    meeting = _meeting(district, _IN_HALL)
    district.run("UPDATE grant_activity SET venue = 'Aulan' WHERE activity_id = $it", it=meeting.id)
    return _told("not booked", meeting)


def for_08_more_than_it_holds(district: District) -> list[Truth]:
    """More are counted than the hall holds."""
    meeting = _meeting(district, _IN_HALL)
    district.run(
        "UPDATE venue_booking SET capacity = 5 WHERE provider_id = $it AND CAST(starts_at AS DATE) = $day",
        it=meeting.provider, day=meeting.day,
    )  # fmt: skip
    district.run(
        "UPDATE grant_activity SET participants = 4 WHERE provider_id = $it AND held_on = $day AND team = 'Lag 2'",
        it=meeting.provider, day=meeting.day,
    )  # fmt: skip
    district.run("UPDATE grant_activity SET participants = 9 WHERE activity_id = $it", it=meeting.id)
    return _told("more than the hall holds", meeting)


IN_DOCUMENTS = (
    Plant("honest", for_04_too_short),
    Plant("careless", for_04_too_few),
    Plant("careless", for_05_leads_two_at_once),
    Plant("careless", for_06_counted_in_two_groups),
    Plant("organised", for_06_lent_to_another),
    Plant("careless", for_07_one_list),
    Plant("organised", for_08_no_booking),
    Plant("careless", for_08_more_than_it_holds),
)
