"""Wrongs in what is reported and billed for the time: not approved, no report, more than was worked."""

from datetime import timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import ASSISTANCE, Plant, drop

Row = tuple[str, int, int]


def ass_20_client_did_not_sign(district: District) -> list[Truth]:
    """The client's approval was forgotten."""
    report, client, worker = _a_report(district)
    district.run("UPDATE time_report SET signed_by_client_at = NULL WHERE report_id = $id", id=report)
    return [_not_approved(district, report, client, worker, "not approved by the client")]


def ass_20_signed_in_advance(district: District) -> list[Truth]:
    """The assistant signed before the last shift was over."""
    report, client, worker = _a_report(district)
    early = district.month + timedelta(days=1)
    district.run(
        """UPDATE time_report SET signed_by_worker_at = (
          SELECT MAX(starts_at) - INTERVAL 1 HOUR FROM time_entry
          WHERE client_id = $client AND worker_id = $worker AND status = 'performed' AND work_date > $early)
        WHERE report_id = $id""",
        id=report, client=client, worker=worker, early=early,
    )  # fmt: skip
    return [_not_approved(district, report, client, worker, "signed before the last shift was over")]


def ass_20_same_hand(district: District) -> list[Truth]:
    """Both approved from the same device, within a minute."""
    report, client, worker = _a_report(district)
    district.run(
        """UPDATE time_report SET client_signing_device = worker_signing_device,
          signed_by_client_at = signed_by_worker_at + INTERVAL 1 MINUTE WHERE report_id = $id""",
        id=report,
    )
    return [_not_approved(district, report, client, worker, "both approved on one device")]


def _a_report(district: District) -> Row:
    salt = district.random.randrange(1 << 30)
    for report, client, worker in district.rows(
        f"""SELECT report_id, client_id, worker_id FROM time_report
        WHERE form = 'electronic' AND signed_by = 'client' AND active_minutes > 1000
        ORDER BY hash(report_id, {salt}) LIMIT 200"""
    ):
        if district.is_free(f"client {client}", f"time report {report}"):
            return str(report), int(client), int(worker)
    raise NothingFree


def _not_approved(district: District, report: str, client: int, worker: int, what: str) -> Truth:
    units = district.take(f"report {report}", f"time report {report}", f"client {client}")
    return Truth(what, units, None, client, worker, district.month, district.last)


def ass_27_after_the_settlement(district: District) -> list[Truth]:
    """The report came when the month had been settled."""
    salt = district.random.randrange(1 << 30)
    late = (district.month + timedelta(days=95)).replace(day=6)
    for report, provider, client in district.rows(
        f"SELECT report_id, provider_id, client_id FROM time_report ORDER BY hash(report_id, {salt}) LIMIT 200"
    ):
        if district.is_free(f"client {client}"):
            district.run("UPDATE time_report SET received_on = $late WHERE report_id = $id", late=late, id=report)
            units = district.take(f"client {client}", f"time report {report}")
            return [
                Truth("a report after the settlement", units, provider, client, None, district.month, district.last)
            ]
    raise NothingFree


def ass_21_never_came(district: District) -> list[Truth]:
    """Assistance is paid in advance, and nothing is ever reported."""
    salt = district.random.randrange(1 << 30)
    for client, provider in district.rows(
        f"""SELECT client, provider FROM assisted JOIN decision ON decision.client_id = client
        WHERE municipal AND NOT siblings AND per = 'week' AND client NOT IN (
          SELECT client_id FROM client WHERE death_date IS NOT NULL)
        GROUP BY client, provider HAVING COUNT(*) = 1 ORDER BY hash(client, {salt})"""
    ):
        workers = [
            row[0]
            for row in district.rows(
                f"SELECT DISTINCT worker FROM shift WHERE client = $it AND {ASSISTANCE}", it=client
            )
        ]
        if workers and district.is_free(
            f"client {client}", f"provider {provider}", *(f"worker {one}" for one in workers)
        ):
            drop(district, "client = $it", it=client)
            return [
                Truth(
                    "paid, and no report",
                    district.take(f"client {client}"),
                    provider,
                    client,
                    None,
                    district.month,
                    district.last,
                )
            ]
    raise NothingFree


def ass_35_rounded_up(district: District) -> list[Truth]:
    """Half hours were rounded up, and the bill is a little above the reports."""
    return _above_the_reports(district, district.random.randrange(5, 60), 0.0)


def ass_35_a_day_too_much(district: District) -> list[Truth]:
    """Time was billed that was not worked: a day too much."""
    return _above_the_reports(district, district.random.randrange(300, 800), 0.0)


def ass_35_a_fifth_more(district: District) -> list[Truth]:
    """The bill is a fifth above the reports."""
    return _above_the_reports(district, 0, 0.2)


def _above_the_reports(district: District, added: int, share: float) -> list[Truth]:
    salt = district.random.randrange(1 << 30)
    for invoice, line, provider, client, kind, minutes, price in district.rows(
        f"""SELECT invoice_id, line_number, provider_id, client_id, kind, quantity_minutes, unit_price_ore
        FROM invoice_line
        WHERE service_area = 'personal_assistance' AND kind = 'active' ORDER BY hash(client_id, {salt}) LIMIT 200"""
    ):
        if district.is_free(f"client {client}", f"provider {provider}"):
            more = added + round(minutes * share)
            _bill(district, invoice, line, minutes + more, price)
            parts = int(district.rows(
                f"""SELECT SUM(minutes) * 28 FROM time_entry WHERE client_id = $client AND provider_id = $provider
                AND kind = '{kind}' AND status = 'performed'""", client=client, provider=provider)[0][0])  # fmt: skip
            beyond = (minutes + more) * 28 - parts
            ore = (beyond * price * 2 + 1680) // 3360
            units = district.take(f"client {client}")
            return [
                Truth(
                    "billed above the reports",
                    units,
                    provider,
                    client,
                    None,
                    district.month,
                    district.last,
                    beyond // 28,
                    ore,
                )
            ]
    raise NothingFree


def hem_01_declined_visit_billed(district: District) -> list[Truth]:
    """Visits that the client declined were billed."""
    return _above_the_visits(district, 0.02, 20)


def hem_01_a_tenth_more(district: District) -> list[Truth]:
    """The bill follows what was planned, not what was done."""
    return _above_the_visits(district, 0.1, 30)


def hem_01_half_more(district: District) -> list[Truth]:
    """Half as much again is billed as was done."""
    return _above_the_visits(district, 0.5, 60)


def _above_the_visits(district: District, share: float, least: int) -> list[Truth]:
    salt = district.random.randrange(1 << 30)
    for invoice, line, provider, client, minutes, price in district.rows(
        f"""SELECT invoice_id, line_number, line.provider_id, client_id, quantity_minutes, unit_price_ore
        FROM invoice_line AS line JOIN contract USING (contract_id)
        WHERE line.service_area = 'home_care' AND payment_model = 'performed' AND quantity_minutes > 200
        ORDER BY hash(client_id, {salt}) LIMIT 200"""
    ):
        if district.is_free(f"client {client}"):
            more = least + round(minutes * share)
            _bill(district, invoice, line, minutes + more, price)
            units = district.take(f"client {client}")
            ore = (more * price * 2 + 60) // 120
            return [
                Truth(
                    "billed above the visits", units, provider, client, None, district.month, district.last, more, ore
                )
            ]
    raise NothingFree


def _bill(district: District, invoice: str, line: str, minutes: int, price: int) -> None:
    """Writes another time on a line, and the invoice and its payment after it."""
    district.run(
        "UPDATE invoice_line SET quantity_minutes = $minutes, amount_ore = $amount "
        "WHERE invoice_id = $invoice AND line_number = $line",
        minutes=minutes, amount=(minutes * price * 2 + 60) // 120, invoice=invoice, line=line,
    )  # fmt: skip
    total = "(SELECT SUM(amount_ore) FROM invoice_line WHERE invoice_id = $invoice)"
    district.run(
        f"UPDATE invoice SET net_ore = {total}, gross_ore = {total}, payable_ore = {total} WHERE invoice_id = $invoice",
        invoice=invoice,
    )
    district.run(f"UPDATE payment SET amount_ore = {total} WHERE invoice_id = $invoice", invoice=invoice)


IN_TIME = (Plant("careless", ass_21_never_came, once=True),)
IN_DOCUMENTS = (
    Plant("honest", ass_27_after_the_settlement),
    Plant("honest", ass_35_rounded_up),
    Plant("careless", ass_35_a_day_too_much),
    Plant("organised", ass_35_a_fifth_more),
    Plant("honest", ass_20_client_did_not_sign),
    Plant("careless", ass_20_signed_in_advance),
    Plant("organised", ass_20_same_hand),
    Plant("honest", hem_01_declined_visit_billed),
    Plant("careless", hem_01_a_tenth_more),
    Plant("organised", hem_01_half_more),
)
