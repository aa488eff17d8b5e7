"""How the town buys, approves, follows up and shares what it knows of companies. All of it is as it should be."""

from datetime import date, timedelta

from tillit.demo.numbers import example_bankgiro, organisation_number
from tillit.demo.town import Line, Provider, Town

AWARD_CHECKS = ("f_tax", "employer", "tax_debt", "roles", "business_ban", "bankruptcy")
APPROVERS = (("anv-1", 5_000_000, False), ("anv-3", 100_000_000, False), ("anv-9", 5_000_000, True))
HOUR_PRICE_SUPPORT = 38_000


def add_buying(town: Town) -> None:
    """Procurements, approvals, claims, lists, subcontractors, notices, permits to serve, officials and applications."""
    _procure(town)
    _approve(town)
    _add_claims(town)
    _add_companies(town)
    _follow_up(town)
    _add_payroll(town)
    _add_relief_decision(town)
    _add_officials(town)


def company(town: Town, key: str, name: str, series: str, account: int) -> Provider:
    """A company that is in no register of the town's."""
    one = Provider(key, name, organisation_number(series), example_bankgiro(account), "other")
    town.providers[key] = one
    return one


def support_line(first: date, last: date, minutes: int) -> Line:
    """A line of housing support, for no one named."""
    price = HOUR_PRICE_SUPPORT
    return Line(None, "BOST", "Boendestöd", "housing_support", first, last, "hour", price, minutes=minutes)


def award(town: Town, number: str, key: str, kind: str, kronor: int, signed: date, **more: object) -> None:
    """A direct award, documented four days after it was signed."""
    values = {"documented_on": signed + timedelta(days=4), **more}
    town.add(
        "procurement", procurement_id=number, provider_id=town.providers[key], purchase_kind=kind, method="direct",
        annex="main", value_ore=kronor * 100, started_on=signed - timedelta(days=9), signed_on=signed, **values,
    )  # fmt: skip


def _procure(town: Town) -> None:
    """What is bought without a contract was awarded directly; the larger of them after every register was looked up."""
    signed = town.first - timedelta(days=3)
    award(town, "UP-1", "Städ", "Lokalvård", 180_000, signed)
    award(town, "UP-2", "Papper", "Kontorsmaterial", 20_000, signed, documented_on=None)
    award(town, "UP-3", "Måltid", "Matlådor", 28_000, signed, documented_on=None)
    days = [month.first for month in town.months]
    for day in (signed - timedelta(days=10), *days, town.last + timedelta(days=1)):
        for kind in AWARD_CHECKS:
            town.add(
                "register_check", provider_id=town.providers["Städ"], kind=kind, checked_on=day, result="ok",
                value_ore=0 if kind == "tax_debt" else None,
            )  # fmt: skip


def _approve(town: Town) -> None:
    """One receives and another approves. Honest: a small unit where the board lets one do both."""
    for user, limit, small in APPROVERS:
        town.add("approver", user=user, unit="Stab", limit_ore=limit, small_unit=small, valid_from=date(2024, 1, 1))
    bought = [one for one in town.invoices if one.provider.key in {"Papper", "Data", "Städ", "Måltid"}]
    for invoice in bought:
        if invoice.form == "list" and not invoice.credits:
            alone = invoice.number == "00201"
            steps = (("receiver", "anv-9" if alone else "anv-2"), ("approver", "anv-9" if alone else "anv-1"))
            for place, (role, user) in enumerate(steps, 1):
                town.add(
                    "approval_step", invoice_id=f"{invoice.provider.number}-{invoice.number}", step=str(place),
                    role=role, user=user, done_on=invoice.issued + timedelta(days=2 + place),
                )  # fmt: skip


def _add_claims(town: Town) -> None:
    """Honest: a claim that the company disputes, and one that it has paid."""
    for number, key, ore, paid, status in (
        ("KR-1", "Björken", 3_000_000, 0, "disputed"),
        ("KR-2", "Kastanjen", 1_200_000, 1_200_000, "paid"),
    ):
        town.add(
            "supplier_claim", claim_id=number, provider_id=town.providers[key], amount_ore=ore, paid_ore=paid,
            due_on=town.first - timedelta(days=60), status=status,
        )  # fmt: skip


def _add_companies(town: Town) -> None:
    """Honest: one once listed and taken off the list, an approved subcontractor, considered notices."""
    town.add(
        "warning_list", entry_id="VL-1", provider_id=town.providers["Måltid"], list_name="Svensk Handel",
        valid_from=date(2023, 2, 1), valid_to=date(2023, 6, 30),
    )  # fmt: skip
    listed, since = example_bankgiro(43), date(2024, 2, 1)
    town.add("warning_list", entry_id="VL-2", account=listed, list_name="Svensk Handel", valid_from=since)
    helper = company(town, "Händer", "Hjälpande Händer i Lillköping AB", "55999041", 44)
    solsidan = town.providers["Solsidan"]
    town.add("subcontractor", contract_id=solsidan.contract, subcontractor_id=helper, valid_from=date(2024, 5, 1))
    first_bill = next(one for one in town.invoices if one.provider == solsidan and one.period == town.months[0])
    next(line for line in first_bill.lines if line.client == town.clients["H12"]).performer = helper
    for number, key, received, considered, cleared in (
        ("D-1", "Solsidan", town.day(1, 12), town.day(1, 20), None),
        ("D-2", "Rum", town.day(2, 3), None, town.day(2, 9)),
    ):
        town.add(
            "share_notice", notice_id=number, board="Äldrenämnden", provider_id=town.providers[key],
            received_on=received, considered_on=considered, cleared_on=cleared,
        )  # fmt: skip
    inn, bar = (
        company(town, "Krogen", "Krogen vid Ån AB", "55999042", 45),
        company(town, "Vinbaren", "Vinbaren Druvan AB", "55999043", 46),
    )
    for number, place, owner in (("ST-1", inn, date(2025, 9, 1)), ("ST-2", bar, None)):
        town.add(
            "serving_permit", permit_id=number, provider_id=place, premises=place.name, valid_from=date(2022, 3, 1),
            financing_shown_on=date(2022, 2, 1), supervised_on=date(2025, 10, 14), change_notified_on=owner,
        )  # fmt: skip
    town.add(
        "provider_role", provider_id=inn, person_id=town.crowd.take(1950, 1984), role="owner", share_percent=100,
        valid_from=date(2025, 9, 1), source="Bolagsverket", read_on=town.first,
    )  # fmt: skip
    newcomer = company(town, "Ny", "Ny Omsorg i Lillköping AB", "55999044", 47)
    town.add(
        "lov_application", application_id="AN-1", provider_id=newcomer, system="Hemtjänst", received_on=town.day(4, 14)
    )


def _follow_up(town: Town) -> None:
    """Contracts name the permit and their level. Honest: a company in two areas, which was followed up as one."""
    rows = {row["provider_id"].key: row for row in town.rows["contract"]}
    rows["Solsidan"].update(permit_id="IVO-1004", follow_up_level="1")
    rows["Rum"].update(permit_id="IVO-1007", follow_up_level="2")
    rows["Följet"].update(permit_id="IVO-1011")
    support = town.providers["Sällskap"]
    bill = max((one for one in town.invoices if one.provider == support), key=lambda one: one.issued)
    span = (bill.period.first, bill.period.last)
    bill.lines.append(support_line(*span, 300))
    for number, control, thing, day in (
        ("KU-U1", "UPH-11", rows["Solsidan"]["contract_id"], town.day(4, 8)),
        ("KU-U2", "UPH-11", rows["Rum"]["contract_id"], town.day(4, 9)),
        ("KU-L1", "LEV-16", support.number, town.day(4, 1)),
    ):
        town.add(
            "control_execution", execution_id=number, plan_id=None, control=control, object=thing, finished_on=day,
            result="ok", evidence=f"dnr {number}", origin="plan",
        )  # fmt: skip


def _add_payroll(town: Town) -> None:
    """Half of what Björken bills is wages, in the month of the work."""
    bills = [one for one in town.invoices if one.provider.key == "Björken"]
    sums = [(one.period.first, one.net // 2) for one in bills]
    for month, ore in (*sums, (town.last + timedelta(days=1), sums[-1][1])):
        town.add("payroll_total", provider_id=town.providers["Björken"], month=month, declared_ore=ore, employees=14)


def _add_relief_decision(town: Town) -> None:
    town.add(
        "decision", decision_id="AVL-8", client_id=town.clients["K8"], service_area="respite", per="month",
        legal_basis="9 § 5 LSS", payer="municipality", granted_minutes=1200, valid_from=date(town.first.year, 1, 1),
        provider_id=town.providers["Lättnad"], unit="Funktionsstöd",
    )  # fmt: skip


def _add_officials(town: Town) -> None:
    """Honest: one who is a deputy in an association, and has said so."""
    deputy = next(row["person_id"] for row in town.rows["provider_role"] if row["role"] == "deputy")
    for place, (person, told) in enumerate(((deputy, date(2023, 2, 1)), (town.crowd.take(1950, 1984), None))):
        town.add(
            "official", person_id=person, unit="Stab", account=example_bankgiro(48 + place), side_job_on=told,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
