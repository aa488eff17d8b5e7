"""What a district buys besides care: suppliers with contracts and accounts, and a month of invoices."""

from datetime import date, timedelta
from typing import Any

from tillit.demo.drawn.district import District, account, organisation
from tillit.demo.drawn.draws import share, whole

Row = tuple[Any, ...]
_FIRST = 200
"""Suppliers have the numbers from here, so that care has those before."""


def draw_purchases(district: District) -> None:
    """Fills provider, contract, price, bank_account, invoice and invoice_line with what is not care."""
    count = max(4, round(district.count("invoices") / district.plan("invoices_a_supplier")))
    _add_suppliers(district, range(_FIRST, _FIRST + count))
    _draw_invoices(district, count)
    _credit_some(district)


def _add_suppliers(district: District, places: range) -> None:
    """Honest: some change account, and are called back before anything is paid to the new one."""
    random, since, opened = district.random, district.day(5), date(2020, 1, 1)
    providers: list[Row] = []
    accounts: list[Row] = []
    contracts: list[Row] = []
    prices: list[Row] = []
    span = (date(2024, 1, 1), date(2027, 12, 31))
    for place in places:
        number, contract = organisation(district.number, place), f"R{district.number}-{place}"
        name = f"Leverantör {district.number}-{place} AB"
        providers.append((number, name, "AB", "other", False, date(2012, 1, 1), "active", True, True))
        changes = random.random() < district.plan("account_changes")
        first, how = (since, "call_back") if changes else (opened, "certificate")
        accounts.append((account(district.number, place), number, number, first, None, first, how))
        if changes:
            old = account(district.number, place, series=98)
            accounts.append((old, number, number, opened, since - timedelta(days=1), opened, "certificate"))
        ceiling = random.choice((None, 900_000_000_00))
        contracts.append((contract, number, "other", "lou", *span, "piece", "Inköp", ceiling))
        prices.append((contract, "A1", "piece", random.randrange(5_000, 90_000), date(2024, 1, 1)))
    for table, names, rows in (
        (
            "provider",
            "provider_id name legal_form service_area is_own_unit registered_on status f_tax employer",
            providers,
        ),
        ("bank_account", "account provider_id holder_id valid_from valid_to verified_on verified_how", accounts),
        (
            "contract",
            "contract_id provider_id service_area form valid_from valid_to payment_model owner ceiling_ore",
            contracts,
        ),
        ("price", "contract_id item_code unit price_ore valid_from", prices),
    ):
        district.add_many(table, names.split(), rows)


def _draw_invoices(district: District, count: int) -> None:
    """Honest: the same amount on different days on new numbers, and numbers that two suppliers happen to share."""
    mean = district.plan("invoices_a_supplier")
    district.run(
        f"""CREATE TABLE bought AS
        WITH supplier AS (
          SELECT provider_id, contract_id, price_ore, ROW_NUMBER() OVER (ORDER BY contract_id) AS s
          FROM contract JOIN price USING (contract_id) WHERE service_area = 'other'
        ), drawn AS (
          SELECT s, k, provider_id, contract_id, price_ore,
            CAST($month AS DATE) + {whole(district.days, "'issued'", "s", "k")}::INTEGER AS issued_on,
            1 + {whole(60, "'quantity'", "s", "k")} AS drawn_quantity,
            CAST(1000 + {whole(80000, "'series'", "s")} + k AS VARCHAR) AS number
          FROM supplier CROSS JOIN range({round(mean * 2)}) AS of(k)
          WHERE {share("'bought'", "s", "k")} < 0.5
        )
        SELECT 'L-' || provider_id || '-' || k AS invoice_id, provider_id, contract_id, issued_on, number,
          -- two of one amount on one day are a question; on different days they are two deliveries
          drawn_quantity + 60 * (ROW_NUMBER() OVER (PARTITION BY s, issued_on, drawn_quantity ORDER BY k) - 1)
            AS quantity,
          price_ore, quantity * price_ore AS net, (quantity * price_ore * 25 + 50) // 100 AS vat
        FROM drawn ORDER BY s, k""",
        month=district.month,
    )
    write_bought(district, "TRUE")


def write_bought(district: District, where: str) -> None:
    """Writes invoices and their lines from the table `bought`."""
    district.run(
        f"""INSERT INTO invoice BY NAME
        SELECT invoice_id, bought.provider_id, name AS supplier_name, number, number AS number_normalised,
          'invoice' AS kind, issued_on, issued_on + 30 AS due_on, issued_on + 2 AS received_on, 'SEK' AS currency,
          net AS net_ore, bought.vat AS vat_ore, net + bought.vat AS gross_ore, net + bought.vat AS payable_ore,
          (SELECT ARG_MAX(account, valid_from) FROM bank_account AS held WHERE held.provider_id = bought.provider_id)
            AS account, contract_id
        FROM bought JOIN provider USING (provider_id) WHERE {where} ORDER BY invoice_id"""
    )
    district.run(
        f"""INSERT INTO invoice_line BY NAME
        SELECT invoice_id, '1' AS line_number, provider_id, contract_id, 'A1' AS item_code, 'other' AS service_area,
          issued_on AS service_from, issued_on AS service_to, quantity, 'piece' AS unit, price_ore AS unit_price_ore,
          net AS amount_ore, 25 AS vat_percent
        FROM bought WHERE {where} ORDER BY invoice_id"""
    )


def _credit_some(district: District) -> None:
    """Honest: an invoice that was wrong is credited whole, and comes again with another number."""
    chosen = share("'credit'", "invoice_id") + f" < {district.plan('credits')}"
    district.run(f"CREATE TABLE credited AS SELECT * FROM bought WHERE {chosen}")
    district.run(
        """INSERT INTO invoice BY NAME
        SELECT invoice_id || 'K' AS invoice_id, provider_id, name AS supplier_name, number || '9' AS number,
          number || '9' AS number_normalised, 'credit' AS kind, number AS credits_number, number AS credits_normalised,
          issued_on + 3 AS issued_on, 'SEK' AS currency, -net AS net_ore, -credited.vat AS vat_ore,
          -net - credited.vat AS gross_ore, -net - credited.vat AS payable_ore, contract_id
        FROM credited JOIN provider USING (provider_id) ORDER BY invoice_id"""
    )
    district.run(
        """INSERT INTO bought SELECT invoice_id || 'N', provider_id, contract_id, issued_on + 4, number || '8',
          quantity, price_ore, net, vat FROM credited"""
    )
    write_bought(district, "invoice_id LIKE '%N'")
