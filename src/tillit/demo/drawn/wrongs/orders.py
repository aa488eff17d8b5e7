"""Wrongs in what is billed of care and how it is told: no decision, more than done, split, another class, two ways."""

from datetime import date, timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.invoice import copy_bill, pick_bill
from tillit.demo.drawn.wrongs.plant import ATTENDED, VISIT, Plant, hour_price, pick, priced, shifts

_COMPANION = "service_area = 'companion' AND client_id IS NOT NULL"


def fak_05_without_a_decision(district: District) -> list[Truth]:
    """Walks are done and billed for one who has no decision."""
    invoice, provider, price = district.rows(
        f"SELECT invoice_id, provider_id, unit_price_ore FROM invoice_line WHERE {_COMPANION} ORDER BY line_number"
    )[0]
    client, minutes = district.random.getrandbits(62), 30 * district.random.randrange(4, 12)
    ore = priced(minutes, price)
    district.run("INSERT INTO client (client_id, protected_identity) VALUES ($it, FALSE)", it=client)
    district.run(
        """INSERT INTO invoice_line BY NAME
        SELECT * REPLACE ($new AS line_number, $client AS client_id, CAST($minutes AS BIGINT) AS quantity_minutes,
          CAST($ore AS BIGINT) AS amount_ore) FROM invoice_line
        WHERE invoice_id = $id AND service_area = 'companion' ORDER BY line_number LIMIT 1""",
        new=f"U{client}", client=client, minutes=minutes, ore=ore, id=invoice,
    )  # fmt: skip
    district.run(
        """INSERT INTO time_entry BY NAME
        SELECT * REPLACE ('EU' || $client AS entry_id, CAST($client AS BIGINT) AS client_id,
          CAST($worker AS BIGINT) AS worker_id, CAST($minutes AS BIGINT) AS minutes,
          CAST($minutes AS BIGINT) AS longest_minutes, starts_at + TO_MINUTES($minutes) AS ends_at,
          starts_at + TO_MINUTES($minutes) AS latest_ends_at)
        FROM time_entry WHERE service_area = 'companion' ORDER BY entry_id LIMIT 1""",
        client=client, worker=district.random.getrandbits(62), minutes=minutes,
    )  # fmt: skip
    units = district.take(f"client {client}")
    what = "billed without a decision"
    return [Truth(what, units, provider, client, None, district.month, district.last, 0, ore)]


def fak_07_an_hour_too_much(district: District) -> list[Truth]:
    """A walk that was called off was billed."""
    return _more_than_done(district, 60)


def fak_07_twice_as_much(district: District) -> list[Truth]:
    """Ten hours more are billed than were done."""
    return _more_than_done(district, 600)


def _more_than_done(district: District, beyond: int) -> list[Truth]:
    salt = district.random.randrange(1 << 30)
    for invoice, line, provider, client, price in district.rows(
        f"""SELECT invoice_id, line_number, provider_id, client_id, unit_price_ore FROM invoice_line
        WHERE {_COMPANION} AND line_number NOT LIKE 'U%' ORDER BY hash(client_id, {salt})"""
    ):
        if not district.is_free(f"client {client}"):
            continue
        done = int(
            district.rows(
                "SELECT SUM(minutes) FROM time_entry WHERE client_id = $it AND service_area = 'companion'", it=client
            )[0][0]
        )
        district.run(
            "UPDATE invoice_line SET quantity_minutes = $minutes, amount_ore = $ore "
            "WHERE invoice_id = $id AND line_number = $line",
            minutes=done + beyond, ore=priced(done + beyond, price), id=invoice, line=line,
        )  # fmt: skip
        units, ore = district.take(f"client {client}"), priced(beyond, price)
        what = "more walks billed than done"
        return [Truth(what, units, provider, client, None, district.month, district.last, beyond, ore)]
    raise NothingFree


def fak_14_split_in_two(district: District) -> list[Truth]:
    """What would need a higher approval comes as two invoices, each just below the limit."""
    limit = int(district.rows("SELECT MAX(limit_ore) FROM approver")[0][0])
    bill = pick_bill(district)
    units = []
    days = (bill.issued + timedelta(days=1), bill.issued + timedelta(days=6))
    for part, day in enumerate(days):
        net = (limit * 72 // 100 // bill.price - part) * bill.price
        vat, id, number = (net * 25 + 50) // 100, f"{bill.id}-del{part}", f"{bill.number}{part + 3}{part}9"
        copy_bill(
            district, bill, id, number=number, number_normalised=number, issued_on=day, service_from=day,
            service_to=day, quantity=net // bill.price, amount_ore=net, net_ore=net, vat_ore=vat, gross_ore=net + vat,
            payable_ore=net + vat,
        )  # fmt: skip
        units.append(f"invoice {id}")
    taken = district.take(*bill.units, *units, f"provider {bill.provider}")
    return [Truth("split in two below the limit", taken, bill.provider, None, None, *days)]


def hem_18_the_price_of_the_country(district: District) -> list[Truth]:
    """One who lives in the town is billed at the price of the country around it."""
    for contract, provider, item, price in district.rows(
        """SELECT contract_id, provider_id, item_code, price_ore FROM price JOIN contract USING (contract_id)
        WHERE contract.service_area = 'home_care' AND form = 'lov' AND price.valid_to IS NULL
        ORDER BY price_ore, contract_id"""
    ):
        lines = district.rows(
            """SELECT line_number, invoice_id, client_id, quantity_minutes FROM invoice_line
            WHERE contract_id = $it AND amount_ore > 0 ORDER BY client_id""",
            it=contract,
        )
        free = [line for line in lines if district.is_free(f"client {line[2]}")]
        if not free or not district.is_free(f"edits {provider}", f"provider {provider}"):
            continue
        number, invoice, client, minutes = free[0]
        dear = price + 4_000
        for area, ore in (("Tätort", price), ("Glesbygd", dear)):
            district.add(
                "price", contract_id=contract, item_code=item, unit="hour", price_ore=ore, valid_from=date(2025, 1, 1),
                area_class=area,
            )  # fmt: skip
        district.run("UPDATE client SET area_class = 'tätort' WHERE client_id = $it", it=client)
        amount = priced(minutes, dear)
        district.run(
            "UPDATE invoice_line SET unit_price_ore = $dear, amount_ore = $amount "
            "WHERE invoice_id = $id AND line_number = $line",
            dear=dear, amount=amount, id=invoice, line=number,
        )  # fmt: skip
        units, ore = district.take(f"client {client}", f"edits {provider}"), amount - priced(minutes, price)
        what = "the price of another class"
        return [Truth(what, units, provider, client, None, district.month, district.last, 0, ore)]
    raise NothingFree


def hem_19_two_ways(district: District) -> list[Truth]:
    """One invoice tells time in tenths of an hour on some lines, and in hours and minutes on others."""
    bill = pick_bill(district)
    hours = ("0.45", "0.5", "0.75", "0.15", "2")
    for number, length in enumerate(hours, 2):
        district.run(
            """INSERT INTO invoice_line BY NAME
            SELECT * REPLACE ($new AS line_number, 'hour' AS unit, CAST($hours AS DECIMAL(12, 4)) AS quantity,
              CAST(NULL AS VARCHAR) AS item_code, CAST(ROUND(CAST($hours AS DOUBLE) * 40000) AS BIGINT) AS amount_ore,
              40000 AS unit_price_ore)
            FROM invoice_line WHERE invoice_id = $id AND line_number = '1'""",
            new=str(number), hours=length, id=bill.id,
        )  # fmt: skip
    units = district.take(*bill.units, f"provider {bill.provider}")
    return [Truth("time told in two ways", units, bill.provider, None, None, bill.issued, bill.issued)]


def hem_20_laundry_not_granted(district: District) -> list[Truth]:
    """Laundry is reported for one who is granted other help, while another is granted laundry."""
    one = pick(district, f"{VISIT} AND {ATTENDED} AND reason IS NULL AND to_minute - from_minute >= 10")
    other = pick(district, f"{VISIT} AND {ATTENDED} AND client <> {one.client}")
    units = district.take(one.client_unit)
    district.take(other.client_unit)
    district.run(
        """INSERT INTO decision BY NAME
        SELECT * REPLACE (decision_id || '-t' AS decision_id, 'TVÄTT' AS service_code, 0 AS granted_minutes)
        FROM decision WHERE client_id = $it AND service_area = 'home_care'""",
        it=other.client,
    )
    district.run("UPDATE decision SET service_code = 'HT' WHERE client_id = $it", it=one.client)
    done = shifts(district, f"client = $it AND {VISIT} AND reason IS NULL", it=one.client)[:3]
    for each in done:
        district.run("UPDATE time_entry SET service_code = 'Tvätt' WHERE entry_id = $id", id=f"E{each.id}")
    minutes = sum(each.minutes for each in done)
    ore = priced(minutes, hour_price(district, one.provider))
    what = "laundry that is not granted"
    return [Truth(what, units, one.provider, one.client, None, done[0].day, done[-1].day, minutes, ore)]


def hem_26_as_planned(district: District) -> list[Truth]:
    """Half of a provider's visits begin and end to the minute as they were planned."""
    salt = district.random.randrange(1 << 30)
    for (provider,) in district.rows(
        f"""SELECT provider FROM shift WHERE {VISIT} AND provider NOT IN (
          SELECT provider_id FROM provider WHERE is_own_unit)
        GROUP BY provider HAVING COUNT(*) > 300 ORDER BY hash(provider, {salt})"""
    ):
        if district.is_free(f"edits {provider}", f"provider {provider}"):
            district.take(f"edits {provider}")
            district.run(
                """UPDATE time_entry SET planned_starts_at = starts_at, planned_ends_at = ends_at
                WHERE provider_id = $it AND kind = 'visit' AND hash(entry_id) % 2 = 0""",
                it=provider,
            )
            units, first, last = (f"provider {provider}",), district.month, district.last
            return [Truth("half as planned, to the minute", units, provider, None, None, first, last)]
    raise NothingFree


IN_DOCUMENTS = (
    Plant("careless", fak_05_without_a_decision),
    Plant("honest", fak_07_an_hour_too_much),
    Plant("organised", fak_07_twice_as_much),
    Plant("organised", fak_14_split_in_two),
    Plant("honest", hem_18_the_price_of_the_country, once=True),
    Plant("honest", hem_19_two_ways),
    Plant("careless", hem_20_laundry_not_granted),
    Plant("careless", hem_26_as_planned, once=True),
)
