"""Wrongs about what a supplier is: its permit, its leaders, its wages, who does its work, and who was told."""

from datetime import date, timedelta

from tillit.demo.buying import company, support_line
from tillit.demo.town import Town, Wrong


def lev_02_the_permit_of_another(town: Town) -> None:
    """A contract that names the permit of another company."""
    contract = next(row for row in town.rows["contract"] if row["provider_id"].key == "Solsidan")
    contract["permit_id"] = "IVO-1012"
    what, span = "a contract with another company's permit", (contract["valid_from"], contract["valid_to"])
    town.wrongs.append(Wrong("LEV-02", what, contract["provider_id"], None, None, *span))


def lev_03_awake_again(town: Town) -> None:
    """A company that lay dormant, got a new managing director and then began to bill."""
    provider, since = town.providers["Följet"], date(2025, 5, 1)
    permit = next(row for row in town.rows["permit"] if row["provider_id"] == provider)
    town.add("permit", **{**permit, "status": "dormant", "status_on": since})
    town.add(
        "provider_role", provider_id=provider, person_id=town.crowd.take(1950, 1984), role="ceo",
        valid_from=date(2025, 9, 15), source="Bolagsverket", read_on=town.first,
    )  # fmt: skip
    first = min(one.issued for one in town.invoices if one.provider == provider)
    town.wrongs.append(Wrong("LEV-03", "awake after nine months", provider, None, None, since, first))


def lev_04_half_of_the_leaders(town: Town) -> None:
    """By LEV-13 and NAT-01, half of those who lead a company are new."""
    what, span = "half of the leaders are new", (town.day(2, 1), town.day(3, 1))
    town.wrongs.append(Wrong("LEV-04", what, town.providers["Solsidan"], None, None, *span))


def lev_07_low_wages(town: Town) -> None:
    """Two months in which a company declared hardly any wages."""
    for row in town.rows["payroll_total"]:
        if row["month"] in {town.months[0].first, town.months[1].first}:
            row["declared_ore"] //= 5
    month = town.months[0]
    what = "hardly any wages for a month of work"
    town.wrongs.append(Wrong("LEV-07", what, town.providers["Björken"], None, None, month.first, month.last))


def lev_12_someone_else(town: Town) -> None:
    """A month of home care by a company that no one has approved."""
    provider, month = town.providers["Solsidan"], town.months[3]
    invoice = next(one for one in town.invoices if one.provider == provider and one.period == month)
    line = next(one for one in invoice.lines if one.client == town.clients["H12"])
    line.performer = company(town, "Snabb", "Snabb Omsorg AB", "55999046", 51)
    what = "performed by a company that is not approved"
    town.wrongs.append(Wrong("LEV-12", what, provider, None, None, month.first, month.last))


def lev_14_not_supervised(town: Town) -> None:
    """A bar that was last supervised more than a year ago."""
    since, today = date(2025, 1, 10), town.last + timedelta(days=20)
    permit = next(row for row in town.rows["serving_permit"] if row["permit_id"] == "ST-2")
    permit["supervised_on"] = since
    what = "last supervised more than a year ago"
    town.wrongs.append(Wrong("LEV-14", what, permit["provider_id"], None, None, since, today))


def lev_16_in_two_areas(town: Town) -> None:
    """A company that gives relief, and housing support too, and that no one has followed up as one."""
    provider, today = town.providers["Lättnad"], town.last + timedelta(days=20)
    invoice = next(one for one in town.invoices if one.provider == provider and one.period == town.months[0])
    span = (invoice.period.first, invoice.period.last)
    invoice.lines.append(support_line(*span, 240))
    what = "two areas, not followed up as one"
    town.wrongs.append(Wrong("LEV-16", what, provider, None, None, today - timedelta(days=365), today))


def lev_17_not_considered(town: Town) -> None:
    """A notice of a company that lay unread while the company was paid."""
    provider, received, today = town.providers["Lunden"], town.day(4, 1), town.last + timedelta(days=20)
    town.add("share_notice", notice_id="D-9", board="Funktionsstödsnämnden", provider_id=provider, received_on=received)
    town.wrongs.append(Wrong("LEV-17", "a notice not considered", provider, None, None, received, today))
