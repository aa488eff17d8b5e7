from datetime import date
from pathlib import Path
from typing import Any

from tests.engine.little import CONTROL, PARAMETER, little_content
from tests.engine.stored import deliver, new_store
from tillit.catalogue import Catalogue
from tillit.engine import run
from tillit.store import Evidence, Message, NotRun, Result, code

DAY = date(2025, 4, 1)
LONG = {"entry_id": "e1", "starts_at": "2025-03-03 08:00", "ends_at": "2025-03-03 19:00"}


def result_of(folder: Path, catalogue: Catalogue, *deliveries: dict[str, list[dict[str, Any]]]) -> Result:
    store = new_store(folder)
    made = [deliver(store, catalogue, f"fil-{n}.csv", given) for n, given in enumerate(deliveries, start=1)]
    return run(store, catalogue, made, day=DAY)


def test_a_finding_leads_to_its_line_and_says_when_in_local_time(tmp_path: Path) -> None:
    result = result_of(tmp_path, little_content(tmp_path), {"time_entry": [{"minutes": 60}, LONG]})
    (found,) = result.findings
    assert (found.control, found.certainty, found.severity, found.measured, found.limit, found.unit) == (
        "ASS-90", "sure", 2, 660, 600, "minutes",
    )  # fmt: skip
    assert (found.provider, found.client, found.worker) == ("P1", code(0x4B31), code(0x41))
    assert (found.period_from, found.period_to) == ("2025-03-03T09:00+01:00", "2025-03-03T20:00+01:00")
    (row,) = found.evidence
    assert (row.file, row.line, row.table) == ("fil-1.csv", 2, "time_entry")
    assert row.values["starts_at"] == "2025-03-03T09:00+01:00"
    assert row.values["worker_id"] == code(0x41)


def test_minutes_at_risk_are_priced_by_contract_and_else_by_law_and_else_not_at_all(tmp_path: Path) -> None:
    rate = PARAMETER | {"id": "assistance.hourly_rate", "unit": "SEK/hour", "known_until": "2025-12-31"}
    rate["values"] = {"2025-01-01": {"value": 342.60, "source": "påhittat"}}
    catalogue = little_content(tmp_path, parameters=(PARAMETER, rate))
    rows = [LONG, {**LONG, "entry_id": "e2", "provider_id": "P2", "worker_id": "B"}]
    rows.append({**LONG, "entry_id": "e3", "service_area": "home_care", "worker_id": "C"})
    given = {
        "time_entry": rows,
        "contract": [{"contract_id": "C1", "provider_id": "P2", "service_area": "personal_assistance"}],
        "price": [
            {"contract_id": "C1", "price_ore": 30000},
            {"contract_id": "C1", "item_code": "X", "price_ore": 31000},
        ],
    }
    found = {one.worker: one for one in result_of(tmp_path, catalogue, given).findings}
    assert [(found[code(ord(name))].at_risk_ore, found[code(ord(name))].priced) for name in "ABC"] == [
        (34260, True), (30000, True), (0, False),
    ]  # fmt: skip


def test_a_control_without_its_tables_says_which_are_missing(tmp_path: Path) -> None:
    result = result_of(tmp_path, little_content(tmp_path), {"client": [{}]})
    assert (result.run, result.not_run) == ([], [NotRun("ASS-90", "not delivered", ["time_entry"])])


def test_a_quantity_that_is_not_known_for_the_day_stops_the_control_and_says_what_to_add(tmp_path: Path) -> None:
    catalogue = little_content(tmp_path, parameters=(PARAMETER | {"known_until": "2024-12-31"},))
    result = result_of(tmp_path, catalogue, {"time_entry": [LONG]})
    assert [one.why for one in result.not_run] == [
        "content/parameters/controls/longest.yaml: no value is known for 2025-04-01 (known until 2024-12-31): "
        "add the line for 2025, with its source"
    ]


def test_a_dated_quantity_must_be_known_for_the_latest_day_of_the_rows(tmp_path: Path) -> None:
    dated = {"longest": {"parameter": "controls.longest", "by": "time_entry.work_date"}}
    sql = (
        "SELECT worker_id, starts_at AS from_at, minutes AS measured, [row_id] AS evidence FROM time_entry\n"
        "JOIN longest ON work_date BETWEEN longest.valid_from AND longest.valid_to WHERE minutes > longest.value"
    )
    examples = [example | {"edge_of": ["longest"]} for example in CONTROL["examples"]]
    control = CONTROL | {"parameters": {}, "dated": dated, "sql": sql, "examples": examples}
    values = {"2025-01-01": {"value": 600, "source": "påhittat"}, "2025-03-10": {"value": 700, "source": "påhittat"}}
    catalogue = little_content(
        tmp_path, control, parameters=(PARAMETER | {"known_until": "2025-03-31", "values": values},)
    )
    later = {"starts_at": "2025-03-10 08:00", "ends_at": "2025-03-10 19:00"}
    assert [one.measured for one in result_of(tmp_path, catalogue, {"time_entry": [LONG, later]}).findings] == [660]
    april = {"starts_at": "2025-04-10 08:00", "ends_at": "2025-04-10 19:00"}
    assert "no value is known for 2025-04-10" in result_of(tmp_path, catalogue, {"time_entry": [april]}).not_run[0].why


def test_the_same_input_gives_the_same_bytes_in_whatever_order_the_files_come(tmp_path: Path) -> None:
    catalogue, store = little_content(tmp_path), new_store(tmp_path)
    files = [
        deliver(store, catalogue, f"fil-{n}.csv", {"time_entry": [{**LONG, "entry_id": f"e{n}", "worker_id": f"W{n}"}]})
        for n in range(5)
    ]
    first = run(store, catalogue, files, day=DAY).to_json()
    assert run(store, catalogue, files, day=DAY).to_json() == first
    assert run(store, catalogue, files[::-1], day=DAY, threads=1).to_json() == first


def test_a_finding_has_the_same_identity_in_another_delivery(tmp_path: Path) -> None:
    catalogue = little_content(tmp_path)
    one = result_of(tmp_path / "a", catalogue, {"time_entry": [LONG]})
    other = result_of(tmp_path / "b", catalogue, {"time_entry": [{"minutes": 5, "worker_id": "Z"}, LONG]})
    assert [found.id for found in one.findings] == [found.id for found in other.findings]


def test_a_row_in_two_deliveries_is_used_once(tmp_path: Path) -> None:
    catalogue = little_content(tmp_path)
    other = {**LONG, "entry_id": "e2", "worker_id": "B"}
    result = result_of(tmp_path, catalogue, {"time_entry": [LONG]}, {"time_entry": [LONG, other]})
    assert len(result.findings) == 2
    assert result.tables == {"time_entry": 2}
    assert [(one.what, one.fix) for one in result.messages] == [
        (
            "used once: one row of time_entry that another delivery has too, word for word",
            "nothing, if the deliveries were meant to overlap",
        )
    ]


def test_two_versions_of_a_row_are_told_and_make_their_findings_uncertain(tmp_path: Path) -> None:
    catalogue = little_content(tmp_path)
    sure = {**LONG, "entry_id": "e2", "worker_id": "B"}
    result = result_of(tmp_path, catalogue, {"time_entry": [sure, LONG]}, {"time_entry": [{**LONG, "kind": "waiting"}]})
    assert sorted((one.worker or "", one.certainty) for one in result.findings) == [
        (code(0x41), "possible"), (code(0x41), "possible"), (code(0x42), "sure"),
    ]  # fmt: skip
    (message,) = result.messages
    places = sorted(["fil-1.csv:2", "fil-2.csv:1"])
    other = next(place for place in places if place != message.where)
    assert message == Message(
        message.where,
        f"the row in time_entry says something else than {other}",
        "ask the sender which is right; until then, findings that rest on either are at most possible",
    )


def test_a_row_cut_at_midnight_does_not_contradict_itself(tmp_path: Path) -> None:
    night = {"entry_id": "e1", "starts_at": "2025-03-03 20:00", "ends_at": "2025-03-04 02:00"}
    catalogue = little_content(tmp_path)
    result = result_of(tmp_path, catalogue, {"time_entry": [night]}, {"time_entry": [night, LONG | {"entry_id": "e9"}]})
    assert (result.tables, len(result.messages)) == ({"time_entry": 3}, 1)


def test_an_explanation_that_needs_a_missing_table_is_told_as_not_tried(tmp_path: Path) -> None:
    why = "Passet är inte längre än gränsen"
    catalogue = little_content(tmp_path, CONTROL | {"helped_by": {"client": why}})
    alone = result_of(tmp_path / "a", catalogue, {"time_entry": [LONG]})
    helped = result_of(tmp_path / "b", catalogue, {"time_entry": [LONG], "client": [{}]})
    assert [(one.findings[0].tried, one.findings[0].not_tried) for one in (alone, helped)] == [([], [why]), ([why], [])]


def test_what_is_stopped_for_time_is_told(tmp_path: Path) -> None:
    pairs = " AS a, time_entry AS b".join(["FROM time_entry", ""])
    sql = f"SELECT a.worker_id, MAX(a.starts_at) AS from_at, LIST(a.row_id) AS evidence {pairs} GROUP BY a.worker_id"
    sql = sql.replace("AS b", "AS b, time_entry AS c, time_entry AS d, time_entry AS e") + " HAVING COUNT(*) = $most"
    catalogue = little_content(tmp_path, CONTROL | {"sql": sql})
    store = new_store(tmp_path)
    given = {"time_entry": [{"worker_id": "A", "minutes": n} for n in range(1, 300)]}
    result = run(store, catalogue, [deliver(store, catalogue, "a.csv", given)], day=DAY, seconds=0.2)
    assert [one.why for one in result.not_run] == ["stopped after 0.2 seconds: give it more time, or a shorter period"]


def test_a_city_wide_finding_shows_nothing_of_persons(tmp_path: Path) -> None:
    sql = "SELECT supplier_id AS provider_id, [row_id] AS evidence FROM supplier_ledger WHERE amount_ore > $most"
    examples = [
        {"name": "dyrt", "given": {"supplier_ledger": [{}]}, "finds": [{"evidence": ["supplier_ledger 1"]}]},
        {"name": "inget", "given": {}, "finds": [], "edge_of": ["most"]},
    ]
    control = CONTROL | {"reach": "city", "reads": ["supplier_ledger"], "same_when": ["provider_id"], "sql": sql}
    control |= {"examples": examples, "legitimate": [{"reason": "Priset är rätt", "example": "inget"}]}
    given = {"supplier_ledger": [{"supplier_name": "Anna Svensson", "reason": "till Anna", "voucher": "V7"}]}

    shown = {}
    for reach in ("board", "city"):
        catalogue = little_content(tmp_path / reach, control | {"reach": reach})
        (found,) = result_of(tmp_path / reach, catalogue, given).findings
        shown[reach] = set(found.evidence[0].values)
    assert shown["board"] - shown["city"] == {"supplier_name"}
    assert "reason" not in shown["board"]  # free text is shown to nobody


def test_a_quantity_with_a_number_for_each_key_is_named_with_its_key(tmp_path: Path) -> None:
    values = {"2020-01-01": {"value": {"day": 600, "night": 0}, "source": "påhittat"}}
    control = CONTROL | {"parameters": {"most": "controls.longest.day"}}
    catalogue = little_content(tmp_path, control, parameters=(PARAMETER | {"values": values},))
    assert [one.limit for one in result_of(tmp_path, catalogue, {"time_entry": [LONG]}).findings] == [600]


def test_two_findings_that_are_the_same_by_same_when_have_identities_of_their_own(tmp_path: Path) -> None:
    catalogue = little_content(tmp_path, CONTROL | {"same_when": ["client_id"]})
    rows = [LONG, {**LONG, "entry_id": "e2", "worker_id": "B"}]
    assert len({one.id for one in result_of(tmp_path, catalogue, {"time_entry": rows}).findings}) == 2


def test_progress_is_told(tmp_path: Path) -> None:
    catalogue, store, told = little_content(tmp_path), new_store(tmp_path), []
    deliveries = [deliver(store, catalogue, "fil.csv", {"time_entry": [LONG]})]
    run(store, catalogue, deliveries, day=DAY, progress=lambda what, done, of: told.append((what, done, of)))
    assert told == [
        ("laying out the rows", 0, 1),
        ("asking ASS-90", 0, 1),
        ("putting the findings together", 0, 1),
    ]


def test_nothing_is_left_of_a_run(tmp_path: Path) -> None:
    catalogue, store = little_content(tmp_path), new_store(tmp_path)
    deliveries = [deliver(store, catalogue, "fil.csv", {"time_entry": [LONG]})]
    before = sorted(store.folder.rglob("*"))
    run(store, catalogue, deliveries, day=DAY)
    assert sorted(store.folder.rglob("*")) == before


def test_a_result_survives_being_written_and_read(tmp_path: Path) -> None:
    result = result_of(tmp_path, little_content(tmp_path), {"time_entry": [LONG]})
    again = Result.from_json(result.to_json())
    assert again == result
    assert isinstance(again.findings[0].evidence[0], Evidence)
