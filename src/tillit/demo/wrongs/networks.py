"""Wrongs that show only when several providers are read side by side."""

from datetime import date

from tillit.demo.people import Person
from tillit.demo.town import Town, Wrong


def nat_01_on_two_boards(town: Town) -> None:
    """One who sits on the board of a company joins the board of another."""
    who, since = _on_the_board(town, "Rum"), town.day(3, 1)
    _join(town, "Solsidan", who, since)
    town.wrongs.append(Wrong("NAT-01", "on the boards of two companies", None, None, None, since, None))


def nat_03_two_steps_away(town: Town) -> None:
    """By that, the first company is two steps from one that was closed: see LEV-13."""
    provider, since = town.providers["Rum"], town.day(3, 1)
    what = "shares one of its board with a company that one from a closed company leads"
    town.wrongs.append(Wrong("NAT-03", what, provider, None, None, since, None))


def nat_07_far_above_full_time(town: Town) -> None:
    """An assistant who in a month works nearly every evening for another employer too."""
    month = town.months[0]
    evenings = [one for one in town.shifts if one.client == town.clients["K11"]]
    mornings = {one.worker for one in town.shifts if one.client == town.clients["K1"]}
    worker = next(one.worker for one in evenings if one.worker in mornings)
    for shift in evenings:
        if shift.day in month:
            town.change(shift, worker=worker)
    what = "279 hours in a month with two employers"
    town.wrongs.append(Wrong("NAT-07", what, None, None, worker, month.first, month.last))


def _on_the_board(town: Town, key: str) -> Person:
    rows = town.rows["provider_role"]
    who: Person = next(row["person_id"] for row in rows if (row["provider_id"].key, row["role"]) == (key, "board"))
    return who


def _join(town: Town, key: str, who: Person, since: date) -> None:
    town.add(
        "provider_role", provider_id=town.providers[key], person_id=who, role="board", valid_from=since,
        source="Bolagsverket", read_on=town.first,
    )  # fmt: skip
