"""Wrongs in grants to associations."""

from datetime import date, timedelta

from tillit.demo.grants import add_receipt, attend
from tillit.demo.numbers import example_bankgiro
from tillit.demo.people import Person
from tillit.demo.providers import add_association
from tillit.demo.town import Row, Town, Wrong


def for_01_registered_last_year(town: Town) -> None:
    """An association that was registered fourteen months before it applied."""
    applied = date(2025, 11, 14)
    provider = add_association(town, "Ny", "Nya Dansen i Lillköping", "80299934", date(2024, 9, 14))
    town.add(
        "grant_application", application_id="A-FN-13", board="Fritidsnämnden", provider_id=provider,
        purpose="Danskurser", applied_on=applied, account=provider.bankgiro, account_proxy=False, successor=False,
    )  # fmt: skip
    what = "registered fourteen months before it applied"
    town.wrongs.append(Wrong("FOR-01", what, provider, None, None, applied, applied))


def for_02_account_of_another(town: Town) -> None:
    """An application with an account that another association holds."""
    account, provider, holder = example_bankgiro(43), town.providers["Bollen"], town.providers["Läxan"]
    row = _application(town, "A-FN-12")
    row["account"] = account
    town.add("bank_account", account=account, provider_id=provider, holder_id=holder, valid_from=date(2024, 1, 1))
    what = "an account that another association holds"
    day = row["applied_on"]
    town.wrongs.append(Wrong("FOR-02", what, provider, None, None, day, day))


def for_04_three_quarters_of_an_hour(town: Town) -> None:
    """A session of forty-five minutes."""
    row = _session(town, "B2")
    row["ends_at"] -= timedelta(minutes=15)
    _wrong(town, "FOR-04", "a session of forty-five minutes", row)


def for_05_leads_two_groups(town: Town) -> None:
    """One who leads two groups in two halls for the same hour."""
    one, other = _session(town, "A3"), _session(town, "B3")
    leader = next(row for row in _there(town, other, "leader"))
    leader["person_id"] = _there(town, one, "leader")[0]["person_id"]
    _wrong(town, "FOR-05", "one leader in two halls", one)


def for_06_counted_in_both(town: Town) -> None:
    """Two of the large group who are counted in the small one too, the same evening."""
    one, other = _session(town, "A5"), _session(town, "B5")
    for row in _there(town, one, "participant")[:2]:
        attend(town, other["provider_id"], other["activity_id"], row["person_id"])
    other["participants"] += 2
    _wrong(town, "FOR-06", "two who are counted in two groups", one)


def for_07_nobody_is_ever_away(town: Town) -> None:
    """Eight weeks in a row when all eleven of the large group are there."""
    sessions = [_session(town, f"A{number}") for number in range(6, 14)]
    everyone: set[Person] = {row["person_id"] for one in sessions for row in _there(town, one, "participant")}
    for session in sessions:
        there = {row["person_id"] for row in _there(town, session, "participant")}
        for who in sorted(everyone - there):
            attend(town, session["provider_id"], session["activity_id"], who)
        session["participants"] = len(everyone)
    span = sessions[0]["held_on"], sessions[-1]["held_on"]
    what = "the same list eight times in a row"
    town.wrongs.append(Wrong("FOR-07", what, sessions[0]["provider_id"], None, None, *span))


def for_08_nothing_is_booked(town: Town) -> None:
    """A session in a hall that nobody had booked that evening."""
    row = _session(town, "B8")
    bookings = town.rows["venue_booking"]
    gone = next(one for one in bookings if (one["venue"], one["starts_at"]) == (row["venue"], row["starts_at"]))
    bookings.remove(gone)
    _wrong(town, "FOR-08", "a session in a hall that was not booked", row)


def nat_01_two_of_two_associations(town: Town) -> None:
    """The two who lead an association join the board of another."""
    since = town.day(2, 1)
    for row in [one for one in town.rows["provider_role"] if one["provider_id"].key == "Läxan"]:
        town.add(
            "provider_role", provider_id=town.providers["Bollen"], person_id=row["person_id"], role="board",
            valid_from=since, source="Skatteverket", read_on=town.first,
        )  # fmt: skip
        town.wrongs.append(Wrong("NAT-01", "on the boards of two associations", None, None, None, since, None))


def for_10_the_same_two_lead_both(town: Town) -> None:
    """By that, two associations with grants are led by the same two."""
    what = "two associations with grants that the same two lead"
    town.wrongs.append(Wrong("FOR-10", what, None, None, None, town.day(2, 1), None))


def for_12_paid_before_the_account(town: Town) -> None:
    """A grant that is paid though last year's is not accounted for."""
    row = next(row for row in town.rows["grant_payment"] if row["grant_id"] == "FN-4")
    row["report_approved_on"] = None
    what = "paid again though last year's grant is not accounted for"
    span = row["period_from"], row["period_to"]
    town.wrongs.append(Wrong("FOR-12", what, row["provider_id"], None, None, *span))


def for_14_the_same_receipt(town: Town) -> None:
    """A receipt in the accounts of two grants, whole in both."""
    add_receipt(town, "KN-7", "V3", "88130", 310_000)
    add_receipt(town, "UN-3", "V9", "88130", 310_000)
    day = town.rows["grant_receipt"][-1]["dated_on"]
    what = "one receipt in two grants"
    town.wrongs.append(Wrong("FOR-14", what, town.providers["Läxan"], None, None, day, day, 0, 310_000))


def for_17_leaders_not_tested(town: Town) -> None:
    """A grant that was decided before anyone had looked at who leads the association."""
    row = _application(town, "A-UN-3")
    row["leaders_tested_on"] = None
    what = "granted though its leaders were not tested"
    day = row["decided_on"]
    town.wrongs.append(Wrong("FOR-17", what, row["provider_id"], None, None, day, day))


def _application(town: Town, number: str) -> Row:
    return next(row for row in town.rows["grant_application"] if row["application_id"] == number)


def _session(town: Town, number: str) -> Row:
    return next(row for row in town.rows["grant_activity"] if row["activity_id"] == number)


def _there(town: Town, session: Row, part: str) -> list[Row]:
    which = session["provider_id"], session["activity_id"], part
    rows = town.rows["grant_attendance"]
    return [row for row in rows if (row["provider_id"], row["activity_id"], row["part"]) == which]


def _wrong(town: Town, control: str, what: str, row: Row) -> None:
    town.wrongs.append(Wrong(control, what, row["provider_id"], None, None, row["held_on"], row["held_on"]))
