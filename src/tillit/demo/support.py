"""Economic support in the town: what two units have paid, to whom and for what."""

from tillit.demo.people import Person
from tillit.demo.town import Town

_RENT, _NORM = 685_000, 410_000


def add_support(town: Town) -> None:
    """Four households, each helped by one unit, month after month."""
    for place, unit in enumerate(("Försörjning Norr", "Försörjning Norr", "Försörjning Söder", "Försörjning Söder"), 1):
        client = town.clients[f"E{place}"] = town.crowd.take(1950, 1984)
        for month in town.months:
            for kind, ore in (("norm", _NORM), ("rent", _RENT)):
                pay_support(town, client, unit, kind, month.first.month, ore + 10_000 * place)
    # Honest: electricity from another unit; and a rent that was paid in two parts.
    pay_support(town, town.clients["E1"], "Försörjning Söder", "electricity", 2, 62_000)
    pay_support(town, town.clients["E2"], "Försörjning Norr", "rent", 3, 25_000)


def add_inquiries(town: Town) -> None:
    """Inquiries that are closed: no fault, a fault, and two suspicions that a lawyer has judged."""

    def inquiry(number: int, outcome: str, **more: object) -> None:
        town.add(
            "support_inquiry", inquiry_id=f"UT-{number}", unit="FUT Norr", closed_on=town.day(1, 30), outcome=outcome,
            **more,
        )  # fmt: skip

    inquiry(1, "no_error")
    inquiry(2, "error", established_on=town.day(1, 23), recovery_decided_on=town.day(3, 2))
    inquiry(3, "suspicion", established_on=town.day(1, 23), recovery_decided_on=town.day(2, 20),
            reported_on=town.day(2, 9))  # fmt: skip
    # Honest: a lawyer has written why it is not reported.
    inquiry(4, "suspicion", not_reported_on=town.day(2, 13))


def pay_support(town: Town, client: Person, unit: str, kind: str, month: int, ore: int) -> None:
    """One payment for one kind of cost and one month."""
    number = len(town.rows.get("support_payment", [])) + 1
    town.add(
        "support_payment", support_id=f"EB-{number:03}", unit=unit, client_id=client, cost_type=kind,
        month=town.months[month - 1].first, amount_ore=ore, paid_on=town.day(month, 25), status="paid",
    )  # fmt: skip
