"""Wrongs in how the town buys: again, late, by hand, warned of, owing, no contract, not documented, not looked up."""

from datetime import date, timedelta

from tillit.demo.drawn.buying import look_up
from tillit.demo.drawn.district import District, NothingFree, Truth, organisation
from tillit.demo.drawn.wrongs.invoice import Bill, copy_bill, pick_bill
from tillit.demo.drawn.wrongs.plant import Plant

_NOT_APPROVED = 197


def fak_02_typed_again(district: District) -> list[Truth]:
    """A paper invoice was typed again three days later, with a slip in its number."""
    bill = pick_bill(district)
    again, number, day = f"{bill.id}-typed", f"{bill.number}7", bill.issued + timedelta(days=3)
    copy_bill(
        district, bill, again, number=number, number_normalised=number, issued_on=day, service_from=bill.issued,
        service_to=bill.issued,
    )  # fmt: skip
    units = district.take(*bill.units, f"invoice {again}")
    return [Truth("typed again with a slip", units, bill.provider, None, None, bill.issued, day, 0, bill.gross)]


def fak_13_warned_of(district: District) -> list[Truth]:
    """A company that is warned of sends an invoice."""
    bill = pick_bill(district)
    same_day = district.rows(
        "SELECT COUNT(*) FROM invoice WHERE provider_id = $it AND issued_on = $day", it=bill.provider, day=bill.issued
    )
    if same_day != [(1,)]:
        raise NothingFree
    district.add(
        "warning_list", entry_id=f"VL-{bill.id}", provider_id=bill.provider, list_name="Varningslistan",
        valid_from=bill.issued, valid_to=bill.issued,
    )  # fmt: skip
    units, day = district.take(*bill.units), bill.issued
    return [Truth("a company that is warned of", units, bill.provider, None, None, day, day, 0, bill.gross)]


def fak_15_one_hand(district: District) -> list[Truth]:
    """One person received an invoice and approved it."""
    bill = pick_bill(district)
    district.add("approver", user="anv-1", valid_from=date(2020, 1, 1))
    district.run("DELETE FROM approval_step WHERE invoice_id = $it", it=bill.id)
    first, last = bill.issued + timedelta(days=3), bill.issued + timedelta(days=5)
    for step, (role, day) in enumerate((("receiver", first), ("approver", last)), 1):
        district.add("approval_step", invoice_id=bill.id, step=str(step), role=role, user="anv-1", done_on=day)
    return [Truth("one received and approved", district.take(*bill.units), bill.provider, None, None, first, last)]


def fak_16_by_hand(district: District) -> list[Truth]:
    """A payment by hand to a supplier, for nothing that is named."""
    bill, day = pick_bill(district), district.day(21)
    id = f"M-{bill.id}"
    district.add(
        "payment", payment_id=id, batch_id="MAN", provider_id=bill.provider, account=bill.account, amount_ore=750_000,
        currency="SEK", paid_on=day, channel="manual", status="paid", gate_passed_on=day,
    )  # fmt: skip
    units = (*_taken(district, bill), *district.take(f"payment {id}"))
    return [Truth("by hand, for nothing that is named", units, bill.provider, None, None, day, day)]


def fak_23_forgotten(district: District) -> list[Truth]:
    """An invoice for work that was done a hundred days before."""
    return _late(district, 100)


def fak_23_a_day_too_late(district: District) -> list[Truth]:
    """An invoice that came a day later than the contract allows."""
    return _late(district, 61)


def _late(district: District, days: int) -> list[Truth]:
    bill = pick_bill(district)
    done = bill.issued - timedelta(days=days)
    district.run(
        "UPDATE invoice_line SET service_from = $done, service_to = $done WHERE invoice_id = $id", done=done, id=bill.id
    )
    return [
        Truth("an invoice that came late", _taken(district, bill, bill.units[0]), bill.provider, None, None, done, done)
    ]


def fak_20_paid_while_owing(district: District) -> list[Truth]:
    """A supplier is paid, and no one has thought of the claim that it has not paid."""
    bill = pick_bill(district)
    due = district.month - timedelta(days=90)
    first, last = district.rows(
        "SELECT MIN(paid_on), MAX(paid_on) FROM payment WHERE provider_id = $it AND amount_ore > 0", it=bill.provider
    )[0]
    if first is None:
        raise NothingFree
    district.add(
        "supplier_claim", claim_id=f"KR-{bill.id}", provider_id=bill.provider, amount_ore=4_000_000, paid_ore=0,
        due_on=due, status="open",
    )  # fmt: skip
    return [Truth("paid while owing", _taken(district, bill), bill.provider, None, None, first, last)]


def lev_02_the_permit_of_another(district: District) -> list[Truth]:
    """A contract names the permit of another company."""
    bill = pick_bill(district)
    contract, first, last = _contract(district, bill)
    district.run(
        "UPDATE contract SET permit_id = (SELECT MIN(permit_id) FROM permit) WHERE contract_id = $it", it=contract
    )
    units = (*_taken(district, bill), *district.take(f"contract {contract}"))
    return [Truth("another company's permit", units, bill.provider, None, None, first, last)]


def lev_12_not_approved(district: District) -> list[Truth]:
    """A company that no one has approved did the work."""
    bill = pick_bill(district)
    performer = organisation(district.number, _NOT_APPROVED)
    approved = organisation(district.number, _NOT_APPROVED + 1)
    contract, since, _ = _contract(district, bill)
    district.add("subcontractor", contract_id=contract, subcontractor_id=approved, valid_from=since)
    district.run("UPDATE invoice_line SET performed_by = $by WHERE invoice_id = $it", by=performer, it=bill.id)
    what, units = "by one who is not approved", _taken(district, bill, bill.units[0])
    return [Truth(what, units, bill.provider, None, None, bill.issued, bill.issued)]


def lev_17_not_considered(district: District) -> list[Truth]:
    """Another board's notice of a supplier lay unread while the supplier sent its invoices."""
    bill = pick_bill(district)
    received = district.month - timedelta(days=10)
    district.add(
        "share_notice", notice_id=f"D-{bill.id}", board="Nämnden", provider_id=bill.provider, received_on=received
    )
    units, today = _taken(district, bill), district.today
    return [Truth("a notice that lay unread", units, bill.provider, None, None, received, today)]


def uph_01_without_contract(district: District) -> list[Truth]:
    """A supplier whose contract is another company's: what is bought of it rests on nothing."""
    bill = pick_bill(district)
    first, last, ore = district.rows(
        "SELECT MIN(issued_on), MAX(issued_on), SUM(gross_ore) FROM invoice WHERE provider_id = $it", it=bill.provider
    )[0]
    if ore < 2_000_000:
        raise NothingFree
    contract, _, _ = _contract(district, bill)
    district.run("DELETE FROM procurement WHERE provider_id = $it", it=bill.provider)
    other = organisation(district.number, _NOT_APPROVED + 1)
    district.run("UPDATE contract SET provider_id = $other WHERE contract_id = $it", other=other, it=contract)
    units = _taken(district, bill, f"contract {contract}")
    return [Truth("bought without a contract", units, bill.provider, None, None, first, last)]


def uph_02_one_kind(district: District) -> list[Truth]:
    """Two direct awards of one kind, together above the limit."""
    return _awards(district, "two awards of one kind", {3: 410_000, 20: 320_000})


def uph_02_split_in_four(district: District) -> list[Truth]:
    """A purchase is split in four direct awards, each of which is small."""
    return _awards(district, "split in four awards", {3: 190_000, 9: 185_000, 14: 180_000, 19: 178_000})


def _awards(district: District, what: str, kronor_by_day: dict[int, int]) -> list[Truth]:
    bill = pick_bill(district)
    for number, kronor in kronor_by_day.items():
        day = district.day(number)
        _award(district, bill, f"Slag {bill.id}", kronor, day, documented_on=day + timedelta(days=5))
    look_up(district, bill.provider)
    first, last = district.day(min(kronor_by_day)) - timedelta(days=10), district.day(max(kronor_by_day))
    return [Truth(what, _taken(district, bill), bill.provider, None, None, first, last)]


def uph_04_not_documented(district: District) -> list[Truth]:
    """A direct award that no one has documented."""
    bill, day = pick_bill(district), district.day(4)
    _award(district, bill, f"Slag {bill.id}", 240_000, day)
    look_up(district, bill.provider)
    return [Truth("an award not documented", _taken(district, bill), bill.provider, None, None, day, None)]


def uph_05_not_looked_up(district: District) -> list[Truth]:
    """A direct award, before which three of six registers were not looked up."""
    bill, day = pick_bill(district), district.day(6)
    _award(district, bill, f"Slag {bill.id}", 90_000, day)
    return [Truth("not looked up before the award", _taken(district, bill), bill.provider, None, None, day, day)]


def uph_08_the_same_account(district: District) -> list[Truth]:
    """One who is employed has the account of a supplier."""
    bill = pick_bill(district)
    first, last = district.rows(
        "SELECT MIN(issued_on), MAX(issued_on) FROM invoice WHERE provider_id = $it AND gross_ore > 0",
        it=bill.provider,
    )[0]
    district.add(
        "official", person_id=district.random.getrandbits(62), account=bill.account, valid_from=date(2019, 1, 1)
    )
    return [Truth("the account of a supplier", _taken(district, bill), bill.provider, None, None, first, last)]


def uph_11_not_followed_up(district: District) -> list[Truth]:
    """A contract that should be followed up each year, and never was."""
    bill = pick_bill(district)
    contract, first, _ = _contract(district, bill)
    district.run("UPDATE contract SET follow_up_level = '1' WHERE contract_id = $it", it=contract)
    units, due = _taken(district, bill, f"contract {contract}"), first.replace(year=first.year + 1)
    return [Truth("a contract never followed up", units, bill.provider, None, None, first, due)]


def _taken(district: District, bill: Bill, *more: str) -> tuple[str, ...]:
    return district.take(f"supplier {bill.provider}", f"provider {bill.provider}", *more)


def _contract(district: District, bill: Bill) -> tuple[str, date, date]:
    contract, first, last = district.rows(
        "SELECT contract_id, valid_from, valid_to FROM contract WHERE provider_id = $it", it=bill.provider
    )[0]
    return contract, first, last


def _award(district: District, bill: Bill, kind: str, kronor: int, day: date, **more: object) -> None:
    district.add(
        "procurement", procurement_id=f"UP-{bill.id}-{day}", provider_id=bill.provider, purchase_kind=kind,
        method="direct", annex="main", value_ore=kronor * 100, started_on=day - timedelta(days=10), signed_on=day,
        **more,
    )  # fmt: skip


IN_DOCUMENTS = (
    Plant("careless", fak_02_typed_again),
    Plant("organised", fak_13_warned_of),
    Plant("careless", fak_15_one_hand),
    Plant("careless", fak_16_by_hand),
    Plant("careless", fak_20_paid_while_owing),
    Plant("careless", fak_23_forgotten),
    Plant("honest", fak_23_a_day_too_late),
    Plant("careless", lev_02_the_permit_of_another),
    Plant("careless", lev_12_not_approved),
    Plant("careless", lev_17_not_considered),
    Plant("careless", uph_01_without_contract),
    Plant("careless", uph_02_one_kind),
    Plant("organised", uph_02_split_in_four),
    Plant("careless", uph_04_not_documented),
    Plant("careless", uph_05_not_looked_up),
    Plant("organised", uph_08_the_same_account),
    Plant("careless", uph_11_not_followed_up),
)
