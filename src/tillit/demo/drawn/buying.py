"""How a district buys: who may approve, what is awarded and looked up, who is warned of, who owes, who may serve."""

from datetime import date, timedelta

from tillit.demo.drawn.district import District, organisation

SERVING = 340
"""Those who may serve have the numbers from here."""

REGISTERS = ("roles", "business_ban", "bankruptcy")
"""What is looked up before an award, beside what is looked up of everyone."""

_LIMIT_ORE = 12_500_000
_SERVED, _APPLICANT, _WARNED = 10, 190, 191


def draw_buying(district: District) -> None:
    """Fills approver, approval_step, procurement, lov_application, serving_permit, and what is known of suppliers."""
    suppliers = [
        row[0]
        for row in district.rows("SELECT provider_id FROM contract WHERE service_area = 'other' ORDER BY contract_id")
    ]
    _approve(district)
    _award(district, suppliers)
    _know(district, suppliers)
    _apply(district)
    _serve(district)
    _pay_in_haste(district)


def look_up(district: District, provider: str) -> None:
    """What is looked up of one before an award."""
    rows = [(provider, kind, day, "ok") for kind in REGISTERS for day in (district.month, district.after)]
    district.add_many("register_check", ("provider_id", "kind", "checked_on", "result"), rows)


def _approve(district: District) -> None:
    """Honest: the head of a small unit does it all; an invoice above one's limit goes to another."""
    since = date(2020, 1, 1)
    district.add("approver", user="chef-1", limit_ore=_LIMIT_ORE, valid_from=since)
    district.add("approver", user="chef-2", valid_from=since)
    district.add("approver", user="ensam-1", small_unit=True, valid_from=since)
    district.run(
        """INSERT INTO approval_step BY NAME
        WITH chosen AS (
          SELECT invoice_id, issued_on, gross_ore, ROW_NUMBER() OVER (ORDER BY invoice_id) AS n FROM invoice
          WHERE invoice_id LIKE 'L-%' AND kind = 'invoice'
        )
        SELECT invoice_id, CAST(step AS VARCHAR) AS step, role, issued_on + 2 + step::INTEGER AS done_on,
          CASE WHEN n % 5 = 0 THEN 'ensam-1' WHEN role = 'receiver' THEN 'mottagare-' || n % 3
            WHEN gross_ore > $most THEN 'chef-2' ELSE 'chef-1' END AS "user"
        FROM chosen CROSS JOIN (VALUES (1, 'receiver'), (2, 'approver')) AS flow(step, role)
        WHERE n % 10 IN (0, 1) ORDER BY invoice_id, step""",
        most=_LIMIT_ORE,
    )


def _award(district: District, suppliers: list[str]) -> None:
    """Honest: small awards of their own kinds, written down in time, and one in haste with what the law allows."""
    for place, provider in enumerate(suppliers[:6]):
        day = district.day(2 + place)
        look_up(district, provider)
        district.add(
            "procurement", procurement_id=f"UP-{district.number}-{place}", provider_id=provider,
            purchase_kind=f"Inköp {place}", method="direct", annex="main", value_ore=120_000_00 + place,
            started_on=day - timedelta(days=20), signed_on=day, documented_on=day + timedelta(days=3),
            exemption="urgent" if place == 5 else None,
        )  # fmt: skip


def _know(district: District, suppliers: list[str]) -> None:
    """Honest: a claim by a plan, a notice that was considered at once, one who is approved to do the work."""
    owing, told, helped = suppliers[:3]
    district.add(
        "supplier_claim", claim_id=f"KR-{district.number}", provider_id=owing, amount_ore=2_000_000, paid_ore=500_000,
        due_on=district.month - timedelta(days=90), status="plan",
    )  # fmt: skip
    received = district.month - timedelta(days=10)
    district.add(
        "share_notice", notice_id=f"D-{district.number}", board="Nämnden", provider_id=told, received_on=received,
        considered_on=received + timedelta(days=2),
    )  # fmt: skip
    helper = organisation(district.number, _WARNED + 1)
    district.run(
        "INSERT INTO subcontractor BY NAME SELECT contract_id, $helper AS subcontractor_id, valid_from FROM contract "
        "WHERE provider_id = $it",
        it=helped, helper=helper,
    )  # fmt: skip
    district.run("UPDATE invoice_line SET performed_by = $helper WHERE provider_id = $it", it=helped, helper=helper)
    district.add(
        "warning_list", entry_id=f"VL-{district.number}", provider_id=organisation(district.number, _WARNED),
        list_name="Varningslistan", valid_from=date(2024, 1, 1),
    )  # fmt: skip
    district.add(
        "official", person_id=district.random.getrandbits(62), unit="Inköp", account=f"BG:96{district.number:06}",
        valid_from=date(2019, 1, 1),
    )  # fmt: skip


def _apply(district: District) -> None:
    """Honest: a company that waits for its answer, and one that was refused."""
    for place, decision in ((_APPLICANT, None), (_APPLICANT - 1, "refused")):
        number = organisation(district.number, place)
        district.add(
            "provider_role", provider_id=number, person_id=district.random.getrandbits(62), role="board",
            valid_from=date(2023, 1, 1),
        )  # fmt: skip
        district.add(
            "lov_application", application_id=f"AN{district.number}-{place}", provider_id=number, system="Hemtjänst",
            received_on=district.day(4), decided_on=district.day(20) if decision else None, decision=decision,
        )  # fmt: skip


def _serve(district: District) -> None:
    """Honest: a new owner who told of it, and one who got the permit so late that there is nothing to supervise."""
    for place in range(_SERVED):
        number, since = organisation(district.number, SERVING + place), date(2021, 6, 1)
        new = district.month - timedelta(days=80)
        district.add(
            "provider_role", provider_id=number, person_id=district.random.getrandbits(62), role="owner",
            valid_from=new if place == 1 else date(2021, 1, 1),
        )  # fmt: skip
        district.add(
            "serving_permit", permit_id=f"ST-{district.number}-{place}", provider_id=number,
            premises=f"Krogen {place}", valid_from=district.month if place == 0 else since,
            financing_shown_on=since, supervised_on=None if place == 0 else district.today - timedelta(days=150),
            change_notified_on=new + timedelta(days=9) if place == 1 else None,
        )  # fmt: skip


def _pay_in_haste(district: District) -> None:
    """Honest: what was due is paid by hand, with the invoice named; and a contract that gives a supplier long."""
    district.run(
        """UPDATE payment SET channel = 'express' WHERE payment_id IN (
          SELECT payment_id FROM payment WHERE invoice_id LIKE 'L-%' ORDER BY payment_id LIMIT 3)"""
    )
    district.run("UPDATE contract SET max_invoice_age_days = 120 WHERE service_area = 'placement'")
