"""Documents read by their source's reader.py: stored whole, rejected whole, and never by code from elsewhere."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.delivered import content, new_store, read, refused, written
from tillit.catalogue import content_folder, load
from tillit.readers import read_file
from tillit.readers.document import document_fits, read_document
from tillit.store import Delivery, Store

SAMPLES = [
    sample for sample in sorted((content_folder() / "sources").glob("*/sample.*"))
    if content().sources[sample.parent.name].format == "reader"
]  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_a_document_fits_its_own_source_alone(sample: Path) -> None:
    head = sample.read_bytes()
    sources = content().sources.values()
    assert [source.id for source in sources if document_fits(source, sample, head)] == [sample.parent.name]


def parts(store: Store, delivery: Delivery) -> dict[str, bytes]:
    folder = store.folder / "deliveries" / delivery.sha256
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_the_same_document_is_stored_as_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = parts(store, read_file(sample, store, content()))
    delivery, kept = store.receive(sample)
    read_document(content().sources[sample.parent.name], kept, delivery, store, content())
    again = parts(store, delivery)
    assert {name: again[name] for name in again if name.endswith("parquet")} == {
        name: first[name] for name in first if name.endswith("parquet")
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_lines_read_are_lines_stored_and_refused(sample: Path, tmp_path: Path) -> None:
    store = new_store(tmp_path)
    delivery = read_file(sample, store, content())
    assert delivery.lines_read == delivery.lines_stored + delivery.lines_refused
    assert [total for total in delivery.totals if total.read != total.stored + total.refused] == []


def test_an_overlay_cannot_bring_a_reader(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay" / "sources" / "own_list"
    overlay.mkdir(parents=True)
    (overlay / "source.yaml").write_text(
        "{id: own_list, title: Egen, format: reader, writes: [payment], recognised_by: {line: ^OWN}}"
    )
    (overlay / "reader.py").write_text("raise SystemExit('run from an overlay')")
    catalogue = load(tmp_path / "overlay")
    delivery, _ = read(tmp_path, "OWN\n", catalogue=catalogue)
    assert refused(delivery) == [(0, "source 'own_list' has no reader.py that comes with Tillit")]
    assert delivery.status == "rejected"


def test_a_rejected_document_leaves_no_rows_and_is_remembered(tmp_path: Path) -> None:
    delivery, store = read(tmp_path, b"01BGMAX               01\r\n99\r\n", source="bgmax")
    assert store.find(delivery.sha256) == delivery
    assert delivery.rows == {}


def test_what_is_stored_of_no_one_is_written_out(tmp_path: Path) -> None:
    """An identity number in a free text is stored as the code of the person."""
    sample = content_folder() / "sources" / "peppol_bis_billing_3" / "sample.xml"
    store = new_store(tmp_path)
    read_file(sample, store, content())
    files = [file for file in store.folder.rglob("*") if file.is_file()]
    assert b"195503071812" in sample.read_bytes()
    assert [file.name for file in files if b"195503071812" in file.read_bytes()] == []


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return new_store(tmp_path_factory.mktemp("fuzz"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_a_damaged_document_is_read_or_refused_and_never_a_crash(
    sample: Path, data: st.DataObject, shared_store: Store, tmp_path: Path
) -> None:
    whole = sample.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.sampled_from([b"", b"\xff", b"9", b"<", b"\n", b"-", b"0000", b"Z"]))
    dropped = data.draw(st.integers(0, 40))
    file = written(tmp_path, whole[:place] + damage + whole[place + dropped :], "damaged")
    delivery, kept = shared_store.receive(file)
    read_document(content().sources[sample.parent.name], kept, delivery, shared_store, content())
    assert delivery.lines_read == delivery.lines_stored + delivery.lines_refused
    assert delivery.status in ("accepted", "accepted_with_remarks") or delivery.refusals
