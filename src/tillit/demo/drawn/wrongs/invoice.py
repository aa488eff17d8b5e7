"""Wrongs in invoices and payments: twice, too dear, out of its time, to another account, before its controls."""

from datetime import date, timedelta
from typing import NamedTuple

from tillit.demo.drawn.district import District, NothingFree, Truth, account
from tillit.demo.drawn.wrongs.plant import Plant


class Bill(NamedTuple):
    """An invoice of an ordinary supplier, of one line."""

    id: str
    provider: str
    number: str
    issued: date
    gross: int
    net: int
    quantity: int
    price: int
    account: str

    @property
    def units(self) -> tuple[str, ...]:
        """The invoice and its number."""
        return (f"invoice {self.id}", f"supplier {self.provider}")


def pick_bill(district: District, *, before_day: int = 24) -> Bill:
    """An invoice at random, of a supplier who is free. Raises: NothingFree."""
    salt = district.random.randrange(1 << 30)
    last = district.day(before_day)
    for row in district.rows(
        f"""SELECT invoice.invoice_id, invoice.provider_id, number, issued_on, gross_ore, net_ore, quantity,
          unit_price_ore, account
        FROM invoice JOIN invoice_line USING (invoice_id)
        WHERE invoice_id LIKE 'L-%' AND invoice.kind = 'invoice' AND issued_on < $last AND invoice_id NOT LIKE '%N'
          AND invoice_id || 'K' NOT IN (SELECT invoice_id FROM invoice) ORDER BY hash(invoice_id, {salt}) LIMIT 100""",
        last=last,
    ):
        bill = Bill(*row)
        if district.is_free(f"supplier {bill.provider}", f"provider {bill.provider}", *bill.units):
            return bill
    raise NothingFree


def copy_bill(district: District, bill: Bill, id: str, **values: object) -> None:
    """An invoice and its line like another's, but for what is given."""
    given = {"invoice_id": id, **values}
    for table in ("invoice", "invoice_line"):
        columns = [row[0] for row in district.rows(f"DESCRIBE {table}")]
        own = {name: given[name] for name in given if name in columns}
        listed = ", ".join(f"${name} AS {name}" if name in own else name for name in columns)
        district.run(
            f"INSERT INTO {table} BY NAME SELECT {listed} FROM {table} WHERE invoice_id = $of", of=bill.id, **own
        )


def fak_01_sent_again(district: District) -> list[Truth]:
    """The same invoice came on paper and as an e-invoice."""
    return _twice(district, later=0)


def fak_01_reminder_paid(district: District) -> list[Truth]:
    """A reminder was taken for an invoice, two weeks later."""
    return _twice(district, later=14)


def _twice(district: District, *, later: int) -> list[Truth]:
    bill = pick_bill(district)
    again = f"{bill.id}-again"
    day = bill.issued + timedelta(days=later)
    copy_bill(district, bill, again, issued_on=day, service_from=bill.issued, service_to=bill.issued)
    units = district.take(*bill.units, f"invoice {again}")
    return [Truth("the same invoice twice", units, bill.provider, None, None, bill.issued, day, 0, bill.gross)]


def fak_03_supplier_registered_twice(district: District) -> list[Truth]:
    """The supplier lies twice in the register, and the invoice was booked on both."""
    bill, other = pick_bill(district), None
    for _ in range(20):
        other = pick_bill(district)
        if other.provider != bill.provider:
            break
    shared = district.rows("SELECT COUNT(DISTINCT provider_id) FROM invoice WHERE number = $number", number=bill.number)
    if other is None or other.provider == bill.provider or shared[0][0] > 2:
        raise NothingFree
    again = f"{bill.id}-other"
    copy_bill(
        district, bill, again, provider_id=other.provider, account=other.account, contract_id=None, item_code=None
    )
    units = district.take(*bill.units, f"supplier {other.provider}", f"invoice {again}")
    return [
        Truth("the same invoice of two suppliers", units, None, None, None, bill.issued, bill.issued, 0, bill.gross)
    ]


def fak_06_old_price_list(district: District) -> list[Truth]:
    """The price of a line is another than the list's: a little above."""
    return _too_dear(district, 1.03)


def fak_06_much_too_dear(district: District) -> list[Truth]:
    """The price of a line is far above the list's."""
    return _too_dear(district, 1.6)


def _too_dear(district: District, times: float) -> list[Truth]:
    bill = pick_bill(district)
    price = round(bill.price * times) + 2
    net = int(bill.quantity) * price
    vat = (net * 25 + 50) // 100
    district.run(
        "UPDATE invoice_line SET unit_price_ore = $price, amount_ore = $net WHERE invoice_id = $id",
        price=price, net=net, id=bill.id,
    )  # fmt: skip
    district.run(
        "UPDATE invoice SET net_ore = $net, vat_ore = $vat, gross_ore = $gross, payable_ore = $gross "
        "WHERE invoice_id = $id",
        net=net, vat=vat, gross=net + vat, id=bill.id,
    )  # fmt: skip
    ore = net - int(bill.quantity) * bill.price
    return [
        Truth(
            "dearer than the contract",
            district.take(*bill.units),
            bill.provider,
            None,
            None,
            bill.issued,
            bill.issued,
            0,
            ore,
        )
    ]


def fak_09_billed_ahead(district: District) -> list[Truth]:
    """The invoice is for days that have not come."""
    bill = pick_bill(district)
    until = bill.issued + timedelta(days=20)
    district.run("UPDATE invoice_line SET service_to = $until WHERE invoice_id = $id", until=until, id=bill.id)
    first = bill.issued + timedelta(days=1)
    return [Truth("days after the invoice", district.take(*bill.units), bill.provider, None, None, first, until)]


def fak_09_after_the_contract(district: District) -> list[Truth]:
    """The contract had ended when the service was given."""
    bill = pick_bill(district)
    ended = bill.issued - timedelta(days=1)
    others = district.rows(
        "SELECT COUNT(*) FROM invoice WHERE provider_id = $it AND issued_on > $ended AND invoice_id <> $id",
        it=bill.provider, ended=ended, id=bill.id,
    )  # fmt: skip
    if others[0][0]:
        raise NothingFree
    district.run("UPDATE contract SET valid_to = $ended WHERE provider_id = $it", ended=ended, it=bill.provider)
    return [
        Truth(
            "after the contract",
            district.take(*bill.units),
            bill.provider,
            None,
            None,
            bill.issued,
            bill.issued,
            0,
            bill.net,
        )
    ]


def fak_10_same_days_again(district: District) -> list[Truth]:
    """A client's month was billed again, on an invoice of its own; the contract pays what is granted."""
    salt = district.random.randrange(1 << 30)
    for invoice, line, provider, client, amount, first, last in district.rows(
        f"""SELECT invoice_id, line_number, line.provider_id, client_id, amount_ore, service_from, service_to
        FROM invoice_line AS line JOIN contract USING (contract_id)
        WHERE payment_model = 'granted' AND amount_ore > 0 ORDER BY hash(client_id, {salt}) LIMIT 100"""
    ):
        if not district.is_free(f"client {client}"):
            continue
        again = f"{invoice}-{line}"
        for table, where in (("invoice_line", f"line_number = '{line}'"), ("invoice", "TRUE")):
            columns = [row[0] for row in district.rows(f"DESCRIBE {table}")]
            number = again.replace("-", "")
            new = {"invoice_id": again, "number": number, "number_normalised": number}
            own = {name: value for name, value in new.items() if name in columns}
            if table == "invoice":
                own |= {"net_ore": amount, "gross_ore": amount, "payable_ore": amount}
            listed = ", ".join(f"${name} AS {name}" if name in own else name for name in columns)
            district.run(
                f"INSERT INTO {table} BY NAME SELECT {listed} FROM {table} WHERE invoice_id = $of AND {where}",
                of=invoice, **own,
            )  # fmt: skip
        units = district.take(f"client {client}", f"invoice {again}")
        return [Truth("the same days on two invoices", units, provider, client, None, first, last, 0, amount)]
    raise NothingFree


def fak_11_hijacked_account(district: District) -> list[Truth]:
    """A mail asked for another account, nobody called back, and the next payment went there."""
    bill = pick_bill(district)
    new = account(district.number, district.random.randrange(400), series=97)
    known = district.rows(
        "SELECT COUNT(*) FROM bank_account WHERE account = $new OR provider_id = $it", new=new, it=bill.provider
    )
    if known[0][0] != 1:
        raise NothingFree
    since = bill.issued + timedelta(days=10)
    district.run(
        "UPDATE bank_account SET valid_to = $until WHERE provider_id = $it",
        until=since - timedelta(days=1),
        it=bill.provider,
    )
    district.add("bank_account", account=new, provider_id=bill.provider, valid_from=since)
    # what is due later is paid to the new account too
    district.run(
        "UPDATE payment SET account = $new WHERE provider_id = $it AND paid_on >= $since",
        new=new, it=bill.provider, since=since,
    )  # fmt: skip
    district.run(
        "UPDATE payment SET account = $old WHERE provider_id = $it AND paid_on < $since",
        old=bill.account, it=bill.provider, since=since,
    )  # fmt: skip
    paid = district.rows(
        "SELECT MIN(paid_on), MAX(paid_on), SUM(amount_ore) FROM payment WHERE provider_id = $it AND paid_on >= $since "
        "AND paid_on <= $until", it=bill.provider, since=since, until=since + timedelta(days=60),
    )  # fmt: skip
    first, last, ore = paid[0]
    if not ore:
        raise NothingFree
    units = district.take(*bill.units, f"account {new}")
    return [
        Truth("paid to an account that no one verified", units, bill.provider, None, None, first, last, 0, int(ore))
    ]


def fak_12_one_account_for_two(district: District) -> list[Truth]:
    """Two companies are paid to one account, and each says that it is its own."""
    one, other = pick_bill(district), pick_bill(district)
    if one.provider == other.provider:
        raise NothingFree
    _share_account(district, one, other, holder=other.provider)
    units = district.take(*one.units, *other.units, f"account {one.account}")
    return [Truth("one account for two", units, None, None, None, date(2020, 1, 1), None)]


def fak_12_factoring(district: District) -> list[Truth]:
    """Nothing is wrong: two suppliers have sold their invoices to one factoring company, which holds the account."""
    one, other = pick_bill(district), pick_bill(district)
    if one.provider == other.provider:
        raise NothingFree
    holder = one.provider
    _share_account(district, one, other, holder=holder)
    units = district.take(*one.units, *other.units, f"account {one.account}")
    first, last, ore = district.rows(
        "SELECT MIN(paid_on), MAX(paid_on), SUM(amount_ore) FROM payment WHERE provider_id = $it", it=other.provider
    )[0]
    what = "a factoring company holds the account of two"
    return [
        Truth(what, units, None, None, None, date(2020, 1, 1), None),
        Truth(what, units, other.provider, None, None, first, last, 0, int(ore), control="FAK-11"),
    ]


def _share_account(district: District, one: Bill, other: Bill, *, holder: str) -> None:
    held = district.rows(
        "SELECT DISTINCT valid_from FROM bank_account WHERE provider_id IN ($one, $other)",
        one=one.provider, other=other.provider,
    )  # fmt: skip
    if held != [(date(2020, 1, 1),)]:
        raise NothingFree
    district.run(
        "UPDATE bank_account SET account = $account, holder_id = $holder WHERE provider_id = $other",
        account=one.account, holder=holder, other=other.provider,
    )  # fmt: skip
    for table in ("invoice", "payment"):
        district.run(
            f"UPDATE {table} SET account = $account WHERE provider_id = $other",
            account=one.account,
            other=other.provider,
        )


def fak_18_after_the_bankruptcy(district: District) -> list[Truth]:
    """A company that is bankrupt sends an invoice."""
    bill = pick_bill(district)
    status = bill.issued - timedelta(days=3)
    district.run(
        "UPDATE provider SET status = 'bankrupt', status_on = $on WHERE provider_id = $it", on=status, it=bill.provider
    )
    first, last, ore = district.rows(
        "SELECT MIN(issued_on), MAX(issued_on), SUM(gross_ore) FROM invoice "
        "WHERE provider_id = $it AND issued_on > $on AND gross_ore > 0", it=bill.provider, on=status,
    )[0]  # fmt: skip
    return [
        Truth(
            "an invoice after the bankruptcy",
            district.take(*bill.units),
            bill.provider,
            None,
            None,
            first,
            last,
            0,
            int(ore),
        )
    ]


def fak_24_paid_before_its_controls(district: District) -> list[Truth]:
    """An invoice was paid, and its controls were done five days later."""
    bill = pick_bill(district)
    payment = f"U-{bill.id}"
    (paid,) = district.rows("SELECT paid_on FROM payment WHERE payment_id = $id", id=payment)[0]
    late = paid + timedelta(days=5)
    district.run("UPDATE payment SET gate_passed_on = $late WHERE payment_id = $id", late=late, id=payment)
    units = district.take(*bill.units, f"payment {payment}")
    return [Truth("paid before its controls", units, bill.provider, None, None, paid, late)]


IN_DOCUMENTS = (
    Plant("honest", fak_01_sent_again),
    Plant("careless", fak_01_reminder_paid),
    Plant("honest", fak_03_supplier_registered_twice),
    Plant("honest", fak_06_old_price_list),
    Plant("organised", fak_06_much_too_dear),
    Plant("careless", fak_09_billed_ahead),
    Plant("honest", fak_09_after_the_contract),
    Plant("careless", fak_10_same_days_again),
    Plant("organised", fak_11_hijacked_account),
    Plant("organised", fak_12_one_account_for_two),
    Plant("known", fak_12_factoring),
    Plant("organised", fak_18_after_the_bankruptcy),
    Plant("careless", fak_24_paid_before_its_controls),
)
