from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.catalogue.small import CONTROL, FILES, PARAMETER, changed, write
from tillit.catalogue import Catalogue, ContentError, ContentErrors, load

CONTROL_FILE = "controls/process/pro-99-long-visits.yaml"
PARAMETER_FILE = "parameters/controls/longest.yaml"
LAW_SET = "'controls.longest' is set by law"
NOT_KNOWN = "is not known here: take it away, or see the spelling in a neighbour"


def faults(folder: Path, *overlays: Path) -> list[str]:
    with pytest.raises(ContentErrors) as told:
        load(*overlays, base=folder)
    return [str(error) for error in told.value.errors]


def test_the_content_that_comes_with_tillit_loads_and_names_nothing_that_is_not_there(content: Catalogue) -> None:
    assert content.parameters["assistance.hourly_rate"].on(date(2026, 5, 1)).value == Decimal("347.70")
    assert list(content.follow_up) == [f"U{number}" for number in range(1, 16)]
    assert {act for parameter in content.parameters.values() for act in parameter.law if act.sfs == ""} == set()


def test_a_small_content_loads_by_id(tmp_path: Path) -> None:
    catalogue = load(base=write(tmp_path))
    assert [list(part) for part in (catalogue.acts, catalogue.tables, catalogue.parameters, catalogue.controls)] == [
        ["1993:387"],
        ["visit"],
        ["controls.longest"],
        ["PRO-99"],
    ]
    assert list(catalogue.sources) == ["template_visit"]


def test_a_control_is_found_in_any_case_and_an_unknown_one_names_those_there_are(tmp_path: Path) -> None:
    catalogue = load(base=write(tmp_path))
    assert catalogue.control("pro-99").id == "PRO-99"
    with pytest.raises(ContentError) as told:
        catalogue.control("ASS-1")
    assert str(told.value) == "there is no control 'ASS-1': known: PRO-99"


def test_a_part_is_found_by_file_and_line(tmp_path: Path) -> None:
    catalogue = load(base=write(tmp_path))
    line = CONTROL.splitlines().index("    edge_of: [longest]") + 1
    assert catalogue.where("PRO-99", "examples", 1, "edge_of") == f"content/{CONTROL_FILE}:{line}"
    assert catalogue.where("visit", "columns", "minutes") == "content/tables/visit.yaml:8"


def test_the_same_content_has_the_same_digest_and_other_content_another(tmp_path: Path) -> None:
    first = load(base=write(tmp_path / "a")).digest
    assert load(base=write(tmp_path / "b")).digest == first
    assert load(base=write(tmp_path / "c", changed(CONTROL_FILE, "Fråga.", "Fråga först."))).digest != first


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    wrong = FILES | {
        CONTROL_FILE: CONTROL.replace("revision: 1", "revision: 0").replace("title: Långa", "titel: Långa"),
        PARAMETER_FILE: PARAMETER.replace("set_by: law", "set_by: someone"),
        "tables/visit.yaml": "table: visit\n\ttitle: x\n",
    }
    assert faults(write(tmp_path, wrong)) == [
        f"content/{CONTROL_FILE}:2: 'revision': Input should be greater than or equal to 1: mend the value",
        f"content/{CONTROL_FILE}:1: 'title' is missing: add it",
        f"content/{CONTROL_FILE}:4: 'titel' is not known here: take it away, or see the spelling in a neighbour",
        f"content/{PARAMETER_FILE}:4: 'set_by': Input should be 'law', 'agency' or 'municipality': mend the value",
        "content/tables/visit.yaml:2: found a tab character that violates indentation: mend the line",
    ]


@pytest.mark.parametrize(
    ("place", "old", "new", "told"),
    [
        (
            "acts.yaml",
            "title: Lag",
            "titel: Lag",
            ["1: '1993:387.title' is missing: add it", f"1: '1993:387.titel' {NOT_KNOWN}"],
        ),
        (
            "tables/visit.yaml",
            "table: visit",
            "table: besok",
            ["1: 'table' is 'besok', and the file says 'visit': give both the same name"],
        ),
        (
            PARAMETER_FILE,
            "id: controls.longest",
            "id: longest",
            ["1: 'id' is 'longest', and the file says 'controls.longest': give both the same name"],
        ),
        (CONTROL_FILE, "id: PRO-99", "id: PRO-98", ["1: the file does not begin with 'pro-98-': name it after its id"]),
        (CONTROL_FILE, "revision: 1\n", "revision: 1\nrevision: 2\n", ["3: 'revision' is given twice: mend the line"]),
    ],
)
def test_what_cannot_stand_in_a_file_is_told_with_its_line(
    tmp_path: Path, place: str, old: str, new: str, told: list[str]
) -> None:
    assert faults(write(tmp_path, changed(place, old, new))) == [f"content/{place}:{each}" for each in told]


def test_a_file_that_is_not_a_set_of_named_parts_is_told(tmp_path: Path) -> None:
    assert faults(write(tmp_path, FILES | {"tables/visit.yaml": "- visit\n"})) == [
        "content/tables/visit.yaml:1: the file is not a set of named parts: see a neighbour"
    ]


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "acts.yaml").write_bytes('"1993:387": {title: Stöd, short: LSS}\n'.encode("cp1252"))
    assert faults(folder) == ["content/acts.yaml: this is not UTF-8: save the file as UTF-8"]


def test_two_controls_of_one_id_are_refused(tmp_path: Path) -> None:
    again = "controls/process/pro-99-visits.yaml"
    assert faults(write(tmp_path, FILES | {again: CONTROL})) == [
        f"content/{again}:1: 'PRO-99' is also the id of content/{CONTROL_FILE}: give it another id"
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as told:
        load(tmp_path / "overlay", base=write(tmp_path))
    assert str(told.value) == f"{tmp_path}/overlay: there is no such folder: give a folder of content"


def test_an_overlay_takes_the_place_of_a_control(tmp_path: Path) -> None:
    own = write(tmp_path, {CONTROL_FILE: CONTROL.replace("Långa besök", "Våra långa besök")}, name="own")
    catalogue = load(own, base=write(tmp_path))
    assert catalogue.control("PRO-99").title == "Våra långa besök"
    assert catalogue.where("PRO-99", "title") == f"own/{CONTROL_FILE}:4"


def test_an_overlay_may_add_a_later_value_of_what_law_has_set(tmp_path: Path) -> None:
    later = PARAMETER.replace("known_until: 2026-12-31", "known_until: 2027-12-31")
    own = write(tmp_path, {PARAMETER_FILE: later + "  2027-01-01: {value: 150, source: ny lag}\n"}, name="own")
    catalogue = load(own, base=write(tmp_path))
    assert catalogue.parameters["controls.longest"].on(date(2027, 6, 1)).value == 150


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value: 120", "value: 121", f"8: {LAW_SET}, and the value from 2026-01-01 differs from ours"),
        (
            "  2025-01-01: {value: 90, source: lagtexten}\n",
            "",
            f"8: {LAW_SET}, and the value from 2025-01-01 differs from ours",
        ),
        (
            "values:\n",
            "values:\n  2024-01-01: {value: 1, source: vi}\n",
            f"8: {LAW_SET}, and ours holds on 2024-01-01 already",
        ),
        (
            "source: lagtexten}\n  2026",
            "source: lagtexten}\n  2025-06-01: {value: 1, source: vi}\n  2026",
            f"8: {LAW_SET}, and ours holds on 2025-06-01 already",
        ),
        ("set_by: law", "set_by: municipality", f"4: {LAW_SET} in minutes, and this says otherwise"),
        ("unit: minutes", "unit: hours", f"4: {LAW_SET} in minutes, and this says otherwise"),
    ],
)
def test_an_overlay_may_not_change_what_law_has_set(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in PARAMETER
    own = write(tmp_path, {PARAMETER_FILE: PARAMETER.replace(old, new)}, name="own")
    assert faults(write(tmp_path), own) == [
        f"own/{PARAMETER_FILE}:{told}: an overlay may add later values, not change those that law has set"
    ]


def test_an_overlay_may_change_what_the_municipality_sets(tmp_path: Path) -> None:
    ours = PARAMETER.replace("set_by: law", "set_by: municipality")
    own = write(tmp_path, {PARAMETER_FILE: ours.replace("value: 120", "value: 60")}, name="own")
    catalogue = load(own, base=write(tmp_path, FILES | {PARAMETER_FILE: ours}))
    assert catalogue.parameters["controls.longest"].on(date(2026, 6, 1)).value == 60
