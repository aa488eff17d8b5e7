"""What the town buys besides care, how its invoices are paid, and which controls it planned."""

from datetime import timedelta

from tillit.demo.town import Invoice, Line, Town
from tillit.units import Period

_BOUGHT = (
    # supplier, invoice number, what, amounts of each month, VAT, as an e-invoice
    ("Papper", "2026{:03}", "Kontorsmaterial", (184_500, 203_000, 97_250, 150_000), 25, ()),
    ("Data", "SB{:04}", "Drift och support", (1_250_000, 1_250_000, 1_250_000, 1_250_000), 25, (2,)),
    ("Städ", "{:05}", "Lokalvård", (845_000, 845_000, 845_000, 845_000), 25, (3,)),
    ("Måltid", "F-{:04}", "Matlådor", (412_300, 398_700, 421_900, 405_100), 12, (1, 4)),
)


def add_purchases(town: Town) -> None:
    """Invoices of ordinary suppliers, some of them electronic, and their credit notes."""
    for key, number, what, amounts, vat, electronic in _BOUGHT:
        for place, (month, ore) in enumerate(zip(town.months, amounts, strict=False), 1):
            form = "peppol" if place in electronic else "list"
            town.invoices.append(_bill(town, key, number.format(100 + place), month, what, ore, vat, form))
    _add_credit(town)
    _add_correction(town)


def _bill(
    town: Town,
    key: str,
    number: str,
    month: Period,
    what: str,
    ore: int,
    vat: int,
    form: str = "list",
    credits: str = "",
) -> Invoice:
    line = Line(None, "", what, "other", month.first, month.last, "piece", ore, quantity=1, vat_percent=vat)
    provider = town.providers[key]
    issued = month.last + timedelta(days=3)
    return Invoice(provider, number, issued, month, [line], provider.bankgiro, form, credits)


def _add_credit(town: Town) -> None:
    """Honest: a credit note for a part of an invoice, as an e-invoice of its own."""
    town.invoices.append(
        _bill(town, "Data", "SB0199", town.months[1], "Avdrag för avbrott", 125_000, 25, "peppol", "SB0102")
    )


def _add_correction(town: Town) -> None:
    """Honest: an invoice that was credited whole, and a new one with the right amount."""
    month = town.months[2]
    town.invoices.append(_bill(town, "Städ", "00201", month, "Fönsterputs", 100_000, 25))
    town.invoices.append(_bill(town, "Städ", "00202", month, "Fönsterputs, kredit", 100_000, 25, credits="00201"))
    town.invoices.append(_bill(town, "Städ", "00203", month, "Fönsterputs", 90_000, 25))


def add_control_plan(town: Town) -> None:
    """Planned controls, all of them done in time, some on providers drawn at random."""
    quarter = Period(town.months[0].first, town.months[2].last)
    due = quarter.last + timedelta(days=15)
    for place, key in enumerate(("Björken", "Lunden", "Kastanjen", "Solsidan", "Rum"), 1):
        provider = town.providers[key]
        plan = f"KP-{place}"
        town.add(
            "control_plan", plan_id=plan, control="LEV-01", object=provider.number, period_from=quarter.first,
            period_to=quarter.last, due_on=due, owner="Avtalscontroller", deputy="Controller",
        )  # fmt: skip
        _execute(town, f"KU-{place}", plan, "LEV-01", provider.number, "plan")
    town.add(
        "control_plan", plan_id="KP-9", control="ASS-35", object="Slumpurval av tidrapporter",
        period_from=quarter.first, period_to=quarter.last, due_on=due,
        owner="Controller", deputy="Avtalscontroller", planned_random=3,
    )  # fmt: skip
    for place in range(1, 4):
        _execute(town, f"KU-9{place}", "KP-9", "ASS-35", f"Tidrapport {place}", "random")


def _execute(town: Town, number: str, plan: str, control: str, thing: str, origin: str) -> None:
    town.add(
        "control_execution", execution_id=number, plan_id=plan, control=control, object=thing,
        finished_on=town.months[2].last + timedelta(days=8), result="ok", evidence=f"dnr {number}", origin=origin,
    )  # fmt: skip
