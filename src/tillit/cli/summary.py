"""What a run says at its end, on the screen."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tillit.cli.job import Reading
from tillit.store import NotRun, Result
from tillit.units import format_money


def summary(reading: Reading, result: Result, report: Path) -> Iterator[str]:
    """Files, findings, amounts, what was not checked and why, and where the report is."""
    taken = [one for _, one in reading.deliveries if one.status != "rejected"]
    refused = sum(one.lines_refused for one in taken)
    stored = sum(one.lines_stored for one in taken)
    yield f"Read: {len(taken)} of {len(reading.deliveries)} files, {stored} lines stored, {refused} refused"
    yield f"Controls: {len(result.run)} run, {len(result.not_run)} not"
    amounts: Counter[str] = Counter({"SEK": 0})
    for one in result.findings:
        amounts[one.currency] += one.at_risk_ore
    amount = " + ".join(
        format_money(ore, currency) for currency, ore in sorted(amounts.items(), key=_kronor_first) if ore
    )
    sure = sum(one.certainty == "sure" for one in result.findings)
    yield f"Findings: {len(result.findings)}, of them {sure} sure"
    yield f"To explain, each minute and line counted once: {amount or format_money(0)}"
    for message in result.messages:
        yield ": ".join(part for part in (message.where, message.what, message.fix) if part)
    if result.not_run:
        yield "Not checked:"
        yield from (f"  {one.control}: {_why(one)}" for one in result.not_run)
    yield f"Report: {report}"


def _why(one: NotRun) -> str:
    missing = ", ".join(one.missing)
    return f"not delivered: {missing} (tillit template {one.missing[0]})" if missing else one.why


def _kronor_first(amount: tuple[str, int]) -> tuple[bool, str]:
    return amount[0] != "SEK", amount[0]
