"""What a run says at its end, on the screen."""

from collections.abc import Iterator
from pathlib import Path

from tillit.cli.job import Reading
from tillit.store import Result
from tillit.units import format_sek


def summary(reading: Reading, result: Result, report: Path) -> Iterator[str]:
    """Files, findings, amounts, what was not checked and why, and where the report is."""
    taken = [one for _, one in reading.deliveries if one.status != "rejected"]
    refused = sum(one.lines_refused for one in taken)
    stored = sum(one.lines_stored for one in taken)
    yield f"Read: {len(taken)} of {len(reading.deliveries)} files, {stored} lines stored, {refused} refused"
    yield f"Controls: {len(result.run)} run, {len(result.not_run)} not"
    amount = format_sek(sum(one.at_risk_ore for one in result.findings))
    sure = sum(one.certainty == "sure" for one in result.findings)
    yield f"Findings: {len(result.findings)}, of them {sure} sure"
    yield f"To explain, each minute and line counted once: {amount}"
    for message in result.messages:
        yield ": ".join(part for part in (message.where, message.what, message.fix) if part)
    if result.not_run:
        yield "Not checked:"
        yield from (f"  {one.control}: {one.why}" for one in result.not_run)
    yield f"Report: {report}"
