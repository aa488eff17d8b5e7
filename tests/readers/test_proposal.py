"""A file that no source knows is proposed one, which reads it and holds no value of it."""

from pathlib import Path

import pytest

from tests.readers.delivered import content, csv_text, new_store, rows, written
from tillit.catalogue import load
from tillit.readers import propose, read_file, write_proposal
from tillit.readers.proposal import NoHeadings

PERSON = "199001012385"
HEADINGS = ["Utförare", "Medarbetare", "Kund", "Besöksdatum", "Starttid", "Sluttid", "Tidstyp", "Km"]
LINES = [
    ["5560160680", PERSON, "K1", "24/12/2025", "08.00", "09.30", "aktiv tid", "3"],
    ["5560160680", PERSON, "K1", "25/12/2025", "08.00", "09.30", "aktiv tid", "12"],
]
EXPORT = "Utdrag ur planeringen\n\n" + csv_text(HEADINGS, LINES)


def test_headings_are_held_against_every_name_that_is_known(tmp_path: Path) -> None:
    proposal = propose(written(tmp_path, EXPORT), content())
    assert (proposal.table.table, proposal.header_line, proposal.delimiter) == ("time_entry", 3, ";")
    assert {guess.heading: guess.column for guess in proposal.guesses} == {
        "Utförare": "provider_id", "Medarbetare": "worker_id", "Kund": "client_id", "Tidstyp": "kind",
    }  # fmt: skip
    assert {part: guess.heading for part, guess in proposal.interval.items()} == {
        "day": "Besöksdatum", "start": "Starttid", "end": "Sluttid",
    }  # fmt: skip
    assert (proposal.interval["day"].formats, proposal.unmapped, proposal.lacking) == (("%d/%m/%Y",), ("Km",), ())


def test_a_proposal_says_what_it_is_not_sure_of(tmp_path: Path) -> None:
    text = "Besöksdatm;Starttid;Sluttid;Kund;Färdsätt\n2025-03-03;08:00;09:00;K1;bil\n"
    assert str(propose(written(tmp_path, text), content())).splitlines() == [
        "Proposed: read it as time_entry (Utförd tid), headings on line 1",
        "  Besöksdatm -> work_date: a likeness only, look at it",
        "  Starttid -> starts_at",
        "  Sluttid -> ends_at",
        "  Kund -> client_id",
        "  Färdsätt: no column is known for it",
        "  no heading was found for provider_id (Anordnare), and no row can do without it",
        "  no heading was found for worker_id (Assistent), and no row can do without it",
        "  no heading was found for kind (Typ), and no row can do without it",
    ]


def test_a_written_proposal_reads_the_file_from_then_on(tmp_path: Path) -> None:
    file = written(tmp_path, EXPORT)
    assert read_file(file, new_store(tmp_path / "before"), content()).status == "rejected"
    place = write_proposal(propose(file, content()), tmp_path / "own")
    assert place == tmp_path / "own" / "sources" / "own_time_entry" / "source.yaml"
    store = new_store(tmp_path / "after")
    delivery = read_file(file, store, load(tmp_path / "own"))
    assert (delivery.source, delivery.lines_stored, delivery.refusals) == ("own_time_entry", 2, [])
    assert rows(store, delivery, "time_entry", "work_date::VARCHAR, minutes, kind") == [
        ("2025-12-24", 90, "active"), ("2025-12-25", 90, "active"),
    ]  # fmt: skip
    assert delivery.ignored == {"Km": "ännu inte avgjort: läs in kolumnen, eller skriv varför den aldrig lagras"}


def test_no_value_of_the_file_is_in_the_proposal(tmp_path: Path) -> None:
    proposal = propose(written(tmp_path, EXPORT), content())
    place = write_proposal(proposal, tmp_path / "own")
    told = place.read_text(encoding="utf-8") + str(proposal) + repr(proposal)
    values = {cell for line in LINES for cell in line if len(cell) > 2}
    assert [value for value in sorted(values) if value in told] == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    proposal = propose(written(tmp_path, EXPORT), content())
    places = [write_proposal(proposal, tmp_path).parent.name for _ in range(3)]
    assert places == ["own_time_entry", "own_time_entry_2", "own_time_entry_3"]


def test_forms_of_amounts_hours_and_months_are_told_by_the_values(tmp_path: Path) -> None:
    ledger = "Ver.nr;Bokföringsdatum;Leverantörsnamn;Orgnr;Belopp exkl moms;Fritext\n"
    ledger += "1;31.3.2025;X AB;5560160680;1 234,50;a\n"
    proposal = propose(written(tmp_path, ledger), content())
    assert (proposal.table.table, proposal.decimal) == ("supplier_ledger", ",")
    assert [(guess.column, guess.formats) for guess in proposal.guesses if guess.formats] == [
        ("posted_on", ("%d.%m.%Y",))
    ]
    decision = (
        "Beslutsnummer;Personnummer;Insats;Beviljade timmar;Per;Startdatum\nB1;K1;Hemtjänst;40,5;Vecka;2025-01-01\n"
    )
    proposal = propose(written(tmp_path, decision), content())
    assert [(guess.column, guess.read_as) for guess in proposal.guesses if guess.read_as] == [
        ("granted_minutes", "hours")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{PERSON};K1;2025-03-03;08:00;09:00\n{PERSON};K1;2025-03-04;08:00;09:00\n",
        "Kära ni,\nhär kommer listan.\n",
        "apa;bepa;cepa\nx;y;z\n",
    ],
)
def test_a_file_without_headings_that_could_be_known_gets_no_proposal(text: str, tmp_path: Path) -> None:
    with pytest.raises(NoHeadings) as fault:
        propose(written(tmp_path, text), content())
    assert str(fault.value) == (
        "no line of the file looks like headings that Tillit could know: "
        "give the columns headings, or see the template of the table: tillit template TABLE"
    )
