"""What registers say of the providers of a district, and which controls were planned."""

from datetime import date, timedelta
from typing import Any

from tillit.demo.drawn.district import District, organisation

_KINDS = ("f_tax", "employer", "tax_debt")
_BARRED = 199
_PLANS = 20


def draw_registers(district: District) -> None:
    """Fills register_check, provider_role, exclusion, control_plan and control_execution."""
    _check(district)
    _add_roles(district)
    _plan_controls(district)


def _check(district: District) -> None:
    """Every provider is looked up when the month begins, and again before the bills for care come."""
    providers = district.rows(
        "SELECT provider_id, service_area FROM provider WHERE NOT is_own_unit ORDER BY provider_id"
    )
    rows = []
    for provider, area in providers:
        kinds = _KINDS if area == "other" else (*_KINDS, "ivo_permit")
        for day in (district.month, district.last + timedelta(days=1)):
            rows += [(provider, kind, day, "ok", 0 if kind == "tax_debt" else None) for kind in kinds]
    district.add_many("register_check", ("provider_id", "kind", "checked_on", "result", "value_ore"), rows)


def _add_roles(district: District) -> None:
    """Honest: one who left a company well before it went wrong there, and leads another."""
    rows: list[tuple[Any, ...]] = []
    for (provider,) in district.rows("SELECT provider_id FROM provider WHERE NOT is_own_unit ORDER BY provider_id"):
        for role in ("board", "ceo"):
            rows.append((provider, district.random.getrandbits(62), role, date(2021, 1, 1), None))
    barred = organisation(district.number, _BARRED)
    rows.append((barred, rows[0][1], "board", date(2014, 1, 1), date(2017, 6, 30)))
    rows.append((barred, district.random.getrandbits(62), "board", date(2018, 1, 1), date(2024, 3, 31)))
    district.add_many("provider_role", ("provider_id", "person_id", "role", "valid_from", "valid_to"), rows)
    district.add(
        "exclusion", provider_id=barred, name="Avvecklad omsorg AB", basis="permit_revoked",
        valid_from=date(2024, 4, 1), misconduct_from=date(2022, 1, 1), misconduct_to=date(2024, 3, 31), source="IVO",
    )  # fmt: skip


def _plan_controls(district: District) -> None:
    """All of them done in time, with evidence, a third of them drawn at random."""
    day, far = district.month, district.last + timedelta(days=200)
    for place in range(_PLANS):
        plan, later = f"KP-{district.number}-{place}", place >= _PLANS - 4
        due = far if later else day + timedelta(days=20)
        district.add(
            "control_plan", plan_id=plan, control="LEV-01", object=f"{district.number}-{place}", period_from=day,
            period_to=due, due_on=due, owner="Controller", deputy="Verksamhetscontroller",
            planned_random=2 if place < 5 else None,
        )  # fmt: skip
        for number in range(0 if later else 2 if place < 5 else 1):
            district.add(
                "control_execution", execution_id=f"KU-{district.number}-{place}-{number}", plan_id=plan,
                control="LEV-01", object=f"{district.number}-{place}", finished_on=day + timedelta(days=10),
                result="ok", evidence=f"dnr {place}", origin="random" if place < 5 else "plan",
            )  # fmt: skip
