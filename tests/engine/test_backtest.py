from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.little import CONTROL, PARAMETER, little_content
from tests.engine.stored import deliver, new_store
from tests.engine.test_run import DAY, LONG
from tillit.catalogue import Catalogue
from tillit.engine import BackTest, ReadOtherwise, backtest, compare, run
from tillit.store import Finding, Result

EASTER = {"entry_id": "e2", "worker_id": "B", "starts_at": "2025-03-04 08:00", "ends_at": "2025-03-04 17:30"}
"""Nine and a half hours: within the limit of today, not within a lower one."""


def limit_of(folder: Path, minutes: int, *controls: dict[str, Any]) -> Catalogue:
    values = {"2020-01-01": {"value": minutes, "source": "påhittat"}}
    return little_content(folder, *controls, parameters=(PARAMETER | {"values": values},))


def tried(folder: Path, after: Catalogue) -> BackTest:
    """What comes of a change from a limit of ten hours, on a store with two long shifts."""
    before, store = limit_of(folder / "before", 600), new_store(folder)
    rows = [{"minutes": 60, "worker_id": "C"}, LONG, EASTER]
    return backtest(store, before, after, [deliver(store, before, "mars.csv", {"time_entry": rows})], day=DAY)


def test_a_lower_limit_shows_what_would_be_new_and_what_would_be_more(tmp_path: Path) -> None:
    found = tried(tmp_path, limit_of(tmp_path / "after", 540))
    assert [(one.kind, one.finding.measured, one.finding.minutes_at_risk) for one in found.changes] == [
        ("changed", 660, 120), ("new", 570, 30),
    ]  # fmt: skip
    (row,) = found.rows
    assert (row.control, row.before, row.after, row.new, row.gone, row.changed) == ("ASS-90", 1, 2, 1, 0, 1)


def test_a_higher_limit_shows_what_would_be_gone(tmp_path: Path) -> None:
    found = tried(tmp_path, limit_of(tmp_path / "after", 700))
    assert [(one.kind, one.finding.measured) for one in found.changes] == [("gone", 660)]
    (row,) = found.rows
    assert (row.before, row.after, row.gone, row.after_ore) == (1, 0, 1, 0)


def test_a_change_that_finds_the_same_has_nothing_to_tell(tmp_path: Path) -> None:
    reworded = CONTROL | {"revision": 2, "question": "Är passet långt?"}
    found = tried(tmp_path, limit_of(tmp_path / "after", 600, reworded))
    assert (found.changes, found.rows, found.stopped, found.started) == ([], [], [], [])


def test_a_control_that_is_retired_is_told_and_its_findings_are_gone(tmp_path: Path) -> None:
    found = tried(tmp_path, limit_of(tmp_path / "after", 600, CONTROL | {"status": "retired"}))
    assert (found.stopped, found.started) == (["ASS-90"], [])
    assert [one.kind for one in found.changes] == ["gone"]


def test_a_change_in_how_files_are_read_cannot_be_tried_on_rows_that_are_read(tmp_path: Path) -> None:
    after = limit_of(tmp_path / "after", 600)
    del after.tables["price"]
    with pytest.raises(ReadOtherwise) as refused:
        tried(tmp_path, after)
    assert str(refused.value) == (
        "a back-test asks rows that are read already, and the change is in tables: price: "
        "take tables out of the overlay, or read the files again with it"
    )


def test_a_back_test_leaves_what_it_asks_as_it_was(tmp_path: Path) -> None:
    before, store = limit_of(tmp_path / "before", 600), new_store(tmp_path)
    made = [deliver(store, before, "mars.csv", {"time_entry": [LONG]})]
    first = run(store, before, made, day=DAY).to_json()
    files = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    backtest(store, before, limit_of(tmp_path / "after", 540), made, day=DAY)
    assert {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()} == files
    assert run(store, before, made, day=DAY).to_json() == first


def _finding(id: int, control: str, ore: int, currency: str) -> Finding:
    return Finding(
        id=str(id), control=control, revision=1, certainty="sure", severity=2, type="rule", provider=None, client=None,
        worker=None, period_from=None, period_to=None, measured=None, limit=None, unit="ore", minutes_at_risk=0,
        at_risk_ore=ore, gross_minutes=0, gross_at_risk_ore=ore, priced=True, currency=currency, details={}, tried=[],
        not_tried=[], evidence=[],
    )  # fmt: skip


results = st.dictionaries(
    st.integers(0, 6), st.tuples(st.sampled_from(["A", "B"]), st.integers(0, 99), st.sampled_from(["SEK", "EUR"]))
).map(
    lambda made: Result(
        "2025-04-01", "0", "", {}, findings=[_finding(id, *values) for id, values in sorted(made.items())]
    )
)


@given(results, results)
def test_what_is_new_gone_and_changed_accounts_for_every_finding_and_every_ore(before: Result, after: Result) -> None:
    found = compare(before, after)
    assert compare(after, after).changes == []
    number = {kind: sum(one.kind == kind for one in found.changes) for kind in ("new", "gone", "changed")}
    assert len(before.findings) + number["new"] - number["gone"] == len(after.findings)
    for currency in ("SEK", "EUR"):
        sums = [
            sum(one.at_risk_ore for one in result.findings if one.currency == currency) for result in (before, after)
        ]
        moved = [row.after_ore - row.before_ore for row in found.rows if row.currency == currency]
        assert sum(moved) == sums[1] - sums[0]
    back = {(one.finding.id, one.kind, one.difference_ore) for one in compare(after, before).changes}
    turned = {"new": "gone", "gone": "new", "changed": "changed"}
    assert back == {(one.finding.id, turned[one.kind], -one.difference_ore) for one in found.changes}
