"""Time reports and visits: how hours are read, and what a visit's status and times become."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.delivered import read, refused, rows
from tillit.catalogue import content_folder
from tillit.readers.document import source_module

FK3059: Any = source_module("fk3059_xml", "reader")
SAMPLE = (content_folder() / "sources" / "fk3059_xml" / "sample.xml").read_text(encoding="utf-8")


def report(line: str) -> str:
    """The sample with one line of its own."""
    start, end = SAMPLE.index("<rapportRad>"), SAMPLE.rindex("</tidrapport>")
    return f"{SAMPLE[:start]}<rapportRad>{line}</rapportRad>{SAMPLE[end:]}"


@given(st.integers(0, 23), st.integers(0, 59))
def test_hours_and_minutes_behind_a_colon_are_always_among_the_readings(hours: int, minutes: int) -> None:
    assert hours * 60 + minutes in FK3059.readings(f"{hours}:{minutes:02}")


@given(st.integers(0, 24 * 4))
def test_quarters_with_decimals_are_always_among_the_readings(quarters: int) -> None:
    assert quarters * 15 in FK3059.readings(f"{quarters / 4:.2f}".replace(".", ","))


@pytest.mark.parametrize("hours", ["4,5", "4.5", "4.50", "4:30", "4.30"])
def test_hours_are_read_in_the_way_that_the_clock_times_bear_out(tmp_path: Path, hours: str) -> None:
    line = f"<dag>1</dag><fromTid>8.00</fromTid><tomTid>12.30</tomTid><aktivTid>{hours}</aktivTid>"
    delivery, store = read(tmp_path, report(line))
    assert rows(store, delivery, "time_report", "active_minutes") == [(270,)]
    assert rows(store, delivery, "time_entry", "minutes") == [(270,)]
    assert delivery.status == "accepted"


@pytest.mark.parametrize("hours", ["4", "5,0", "3,00"])
def test_the_night_the_clocks_are_put_back_either_count_of_hours_is_right(tmp_path: Path, hours: str) -> None:
    line = f"<dag>26</dag><fromTid>00:00</fromTid><tomTid>04:00</tomTid><aktivTid>{hours}</aktivTid>"
    delivery, _ = read(tmp_path, report(line))
    assert [remark.what for remark in delivery.remarks] == (
        ["the line states '3,00' as its hours, and its clock times give 240 minutes"] if hours == "3,00" else []
    )


def test_a_report_whose_every_line_is_wrong_is_still_a_report(tmp_path: Path) -> None:
    delivery, store = read(tmp_path, report("<dag>1</dag><fromTid>8</fromTid><tomTid>9</tomTid><aktivTid>1</aktivTid>"))
    assert refused(delivery) == [(15, "'8' is not a clock time")]
    assert rows(store, delivery, "time_report", "active_minutes") == [(None,)]


VISIT = {
    "ExternalId": "V", "ClientPersonId": "195503071812", "PersonnelPersonId": "199001012385", "ProviderUnitId": "Norr",
    "Status": "Completed", "StartTime": "2025-03-03T08:00:00", "EndTime": "2025-03-03T09:00:00",
}  # fmt: skip


def visit(folder: Path, **values: object) -> Any:
    return read(folder, json.dumps([VISIT | values]))


@pytest.mark.parametrize(
    ("law", "area"),
    [("SoL", "home_care"), ("LASS", "personal_assistance"), ("SFB", "personal_assistance"), ("HSL", "other")],
)
def test_the_law_tells_the_area(tmp_path: Path, law: str, area: str) -> None:
    delivery, store = visit(tmp_path, Law=law)
    assert rows(store, delivery, "time_entry", "service_area") == [(area,)]


def test_a_visit_without_its_end_is_set_aside(tmp_path: Path) -> None:
    delivery, _ = visit(tmp_path, EndTime=None)
    assert refused(delivery) == [
        (0, "nothing of the file is stored: none of its lines could be read"),
        (1, "the day, start or end of the time is missing"),
    ]
    assert delivery.status == "rejected"


def test_times_in_utc_and_on_the_towns_clock_are_the_same_instants(tmp_path: Path) -> None:
    local, store = visit(tmp_path)
    utc, other = visit(tmp_path, StartTime="2025-03-03T07:00:00Z", EndTime="2025-03-03T08:00:00Z")
    columns = "starts_at, ends_at, work_date, minutes"
    assert rows(store, local, "time_entry", columns) == rows(other, utc, "time_entry", columns)


def test_addresses_and_door_codes_are_not_stored(tmp_path: Path) -> None:
    _, store = visit(tmp_path, Address="Dolda gatan 1", EntryCode="1234#", Protected=True, DeviceId="358240051111110")
    stored = b"".join(file.read_bytes() for file in store.folder.rglob("*") if file.is_file())
    assert [text for text in (b"Dolda gatan", b"1234#", b"358240051111110") if text in stored] == []


def test_what_is_no_visit_is_set_aside_with_its_line(tmp_path: Path) -> None:
    delivery, _ = read(
        tmp_path, "[\n" + json.dumps(VISIT) + ",\n7,\n" + json.dumps(VISIT | {"StartTime": "igår"}) + "]"
    )
    assert refused(delivery) == [(3, "this is no object"), (4, "StartTime is no point in time")]
