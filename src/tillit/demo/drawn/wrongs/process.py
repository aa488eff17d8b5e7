"""Wrongs in the town's own routines: controls not done, without evidence, without an owner, too few at random."""

from datetime import date

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import Plant


def _plan(district: District, where: str) -> tuple[str, date, date, date]:
    salt = district.random.randrange(1 << 30)
    for plan, first, until, due in district.rows(
        f"SELECT plan_id, period_from, period_to, due_on FROM control_plan WHERE {where} ORDER BY hash(plan_id, {salt})"
    ):
        if district.is_free(f"plan {plan}"):
            district.take(f"plan {plan}")
            return plan, first, until, due
    raise NothingFree


def pro_01_not_done(district: District) -> list[Truth]:
    """A planned control that no one did."""
    plan, first, until, _ = _plan(district, f"due_on < DATE '{district.last}' AND planned_random IS NULL")
    district.run("DELETE FROM control_execution WHERE plan_id = $plan", plan=plan)
    return [Truth("a planned control was not done", (f"plan {plan}",), None, None, None, first, until)]


def pro_02_no_evidence(district: District) -> list[Truth]:
    """A control with a result, and nothing that shows it."""
    plan, *_ = _plan(district, f"due_on < DATE '{district.last}' AND planned_random IS NULL")
    district.run("UPDATE control_execution SET evidence = NULL WHERE plan_id = $plan", plan=plan)
    ((done, on),) = district.rows(
        "SELECT execution_id, finished_on FROM control_execution WHERE plan_id = $plan", plan=plan
    )
    return [Truth("a control without evidence", (f"plan {plan}", f"execution {done}"), None, None, None, on, on)]


def pro_03_nobody(district: District) -> list[Truth]:
    """A control to come that nobody answers for."""
    plan, first, _, due = _plan(district, f"due_on > DATE '{district.last}'")
    district.run("UPDATE control_plan SET owner = NULL WHERE plan_id = $plan", plan=plan)
    return [Truth("a planned control without owner", (f"plan {plan}",), None, None, None, first, due)]


def pro_13_too_few_at_random(district: District) -> list[Truth]:
    """One control drawn at random, of two that were planned."""
    plan, first, until, _ = _plan(district, "planned_random IS NOT NULL")
    district.run("DELETE FROM control_execution WHERE execution_id = $id", id=f"KU-{plan.removeprefix('KP-')}-1")
    return [Truth("one of two at random", (f"plan {plan}",), None, None, None, first, until)]


IN_DOCUMENTS = (
    Plant("careless", pro_01_not_done),
    Plant("careless", pro_02_no_evidence),
    Plant("careless", pro_03_nobody),
    Plant("careless", pro_13_too_few_at_random),
)
