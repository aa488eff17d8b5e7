import pytest

from tillit.catalogue import Catalogue, content_folder, load
from tillit.engine import check, run_examples
from tillit.units import local_date, midnight

VECTORS = {
    "ASS-01": {"V1", "V2", "V3", "V4", "V5", "V6", "V7", "V10", "V23", "V29", "V30"},
    "ASS-02": {"V29"},
    "ASS-03": {"V10", "V13", "V14", "V23", "V29"},
    "ASS-04": {"V10", "V15", "V16", "V29"},
    "ASS-06": {"V8", "V10", "V11", "V12", "V29"},
    "HEM-03": {"V1", "V2", "V3", "V4", "V29", "V30"},
    "HEM-12": {"V4", "V29"},
}
CONTROLS = sorted(path.stem.upper().split("-") for path in content_folder().glob("controls/*/*.yaml"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def test_all_sql_of_the_content_passes_every_gate(catalogue: Catalogue) -> None:
    assert [str(fault) for fault in check(catalogue)] == []


@pytest.mark.parametrize("id", ["-".join(parts[:2]) for parts in CONTROLS])
def test_a_control_finds_what_its_examples_say(catalogue: Catalogue, id: str) -> None:
    told = [f"{one.where} {one.name}: {why}" for one in run_examples(catalogue, [id]) for why in one.differences]
    assert told == []


@pytest.mark.parametrize("id", VECTORS)
def test_a_control_has_the_test_vectors_that_concern_it(catalogue: Catalogue, id: str) -> None:
    assert {example.vector for example in catalogue.control(id).examples} - {""} == VECTORS[id]


def test_the_towns_distance_from_utc_is_that_of_its_clock(catalogue: Catalogue) -> None:
    parameter = catalogue.parameters["time.utc_offset"]
    for span in parameter.spans():
        if span.valid_to.year < 2035:
            after = midnight(span.valid_to)
            assert local_date(after) == span.valid_to
            assert -(after.hour * 60 - 24 * 60) == span.value
