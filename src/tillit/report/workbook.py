"""A result as a workbook, for those who work on with the findings: every finding and every row behind it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tillit.catalogue import Catalogue
from tillit.report.codes import is_code, person_of
from tillit.report.figures import Sum, by_control, by_provider, largest_first, total
from tillit.report.names import Names
from tillit.report.sheet import Book, Cell, Column
from tillit.report.view_files import deliveries_of
from tillit.report.view_gaps import NotChecked, not_checked
from tillit.report.words import CERTAINTY, SEVERITY, TYPE, UNIT, word
from tillit.report.workbook_rows import behind_columns, behind_rows, file_columns, file_rows, moment
from tillit.store import Finding, Result

Line = list[tuple[Cell, str]]


def write_workbook(
    result: Result, catalogue: Catalogue, path: Path, *, identities: Mapping[str, str] | None = None
) -> None:
    """Writes the workbook. With `identities` it says who the persons are, in columns of their own."""
    names = Names(catalogue, result.providers, short={})  # a code that is looked up must be whole
    findings = largest_first(result.findings)
    with Book(path, f"Fynd att reda ut, {result.day}", date.fromisoformat(result.day)) as book:
        book.lines("Sammanfattning", [44, 12, 12, 12, 14, 16, 80], _summary(result, names))
        book.table("Fynd", _finding_columns(names, identities), findings)
        book.table("Rader bakom", behind_columns(findings, names), behind_rows(findings))
        book.table("Läst och avvisat", file_columns(names), file_rows(deliveries_of(result)))
        book.table("Inte kontrollerat", _gap_columns(), not_checked(result, names))


def _summary(result: Result, names: Names) -> Iterator[Line]:
    everything = total(result.findings)
    yield [("Fynd att reda ut", "title")]
    yield [("Ett fynd är en fråga, inte ett besked. Låt den andra sidan svara innan något beslutas.", "text")]
    yield []
    yield [("Kontrollerat per", "text"), (date.fromisoformat(result.day), "day")]
    yield [("Lästa filer", "text"), (len(result.deliveries), "whole")]
    yield [("Gjorda kontroller", "text"), (len(result.run), "whole")]
    yield [("Kontroller som inte gjordes", "text"), (len(result.not_run), "whole")]
    for message in result.messages:
        said = (message.where, *(names.said(text) or text for text in (message.what, message.fix)))
        yield [(": ".join(part for part in said if part), "text")]
    yield []
    yield [("Per kontroll", "section")]
    yield _headings("Kontroll", "Gör så här")
    for id, sum in by_control(result).items():
        control = names.catalogue.controls.get(id)
        yield [*_sum_line(names.control(id), sum), (control.next_step if control else "", "wrapped")]
    yield _sum_line("Alla fynd", everything, "bold")
    yield []
    yield [("Per anordnare", "section")]
    yield _headings("Anordnare")
    for provider, sum in by_provider(result).items():
        yield _sum_line(names.provider(provider), sum)
    yield _sum_line("Alla fynd", everything, "bold")
    yield []
    yield [("Varje minut och rad räknas en gång. En indikation bär inget belopp.", "text")]
    yield []
    yield [("Versioner", "section")]
    for name, version in (("Tillit", result.tillit), ("Innehåll", result.content), *sorted(result.engine.items())):
        yield [(name, "text"), (version, "text")]


def _headings(first: str, *last: str) -> Line:
    certainties = [one.word for one in CERTAINTY.values()]
    return [(text, "heading") for text in (first, *certainties, "Minuter", "Belopp (kr)", *last)]


def _sum_line(name: str, sum: Sum, style: str = "text") -> Line:
    numbers: Line = [(sum.number_of[code], "whole") for code in CERTAINTY]
    return [(name, style), *numbers, (sum.minutes, "whole"), (sum.ore / 100, "amount")]


def _finding_columns(names: Names, identities: Mapping[str, str] | None) -> list[Column[Finding]]:
    return [
        Column("Fynd", 12, "text", lambda one: one.id),
        Column("Kontroll", 10, "text", lambda one: one.control),
        Column("Kontrollens namn", 34, "text", lambda one: names.control(one.control)),
        Column("Version", 8, "whole", lambda one: one.revision),
        Column("Säkerhet", 11, "text", lambda one: word(CERTAINTY, one.certainty)),
        Column("Angelägenhet", 14, "text", lambda one: SEVERITY[one.severity].word if one.severity in SEVERITY else ""),
        Column("Typ", 14, "text", lambda one: word(TYPE, one.type)),
        Column("Anordnare", 28, "text", lambda one: names.provider(one.provider) if one.provider else ""),
        Column("Organisationsnummer", 14, "text", lambda one: names.provider_number(one.provider)),
        Column("Brukare", 18, "text", lambda one: one.client),
        Column("Assistent", 18, "text", lambda one: one.worker),
        *_identity_columns(identities),
        Column("Från", 16, "time", lambda one: moment(one.period_from)),
        Column("Till", 16, "time", lambda one: moment(one.period_to)),
        Column("Uppmätt", 12, "number", lambda one: _in_unit(one.measured, one.unit)),
        Column("Gräns", 12, "number", lambda one: _in_unit(one.limit, one.unit)),
        Column("Enhet", 9, "text", lambda one: UNIT.get(one.unit, one.unit)),
        Column("Minuter att förklara", 12, "whole", lambda one: one.minutes_at_risk),
        Column("Valuta", 7, "text", lambda one: one.currency),
        Column("Belopp att förklara", 14, "amount", lambda one: one.at_risk_ore / 100),
        Column("Minuter, fyndet för sig", 12, "whole", lambda one: one.gross_minutes),
        Column("Belopp, fyndet för sig", 14, "amount", lambda one: one.gross_at_risk_ore / 100),
        Column("Pris saknas", 8, "text", lambda one: "" if one.priced else "ja"),
        Column("Rader bakom", 9, "whole", lambda one: len(one.evidence)),
        Column("Uppgifter", 40, "text", lambda one: _details(one, names)),
    ]


def _identity_columns(identities: Mapping[str, str] | None) -> list[Column[Finding]]:
    if identities is None:
        return []
    known = identities

    def who(code: str | None) -> str:
        return known.get(person_of(code), "") if code and is_code(code) else ""

    return [
        Column("Brukarens identitet", 16, "text", lambda one: who(one.client)),
        Column("Assistentens identitet", 16, "text", lambda one: who(one.worker)),
        Column("Enskild firma, identitet", 16, "text", lambda one: who(one.provider)),
    ]


def _details(finding: Finding, names: Names) -> str:
    control = names.catalogue.controls.get(finding.control)
    return "; ".join(f"{label}: {value}" for label, value in names.details(control, finding.details))


def _in_unit(value: int | None, unit: str) -> Cell:
    return value / 100 if value is not None and unit == "ore" else value


def _gap_columns() -> list[Column[NotChecked]]:
    return [
        Column("Kontroll", 10, "text", lambda one: one.id),
        Column("Kontrollens namn", 40, "text", lambda one: one.title),
        Column("Frågan som inte är ställd", 60, "wrapped", lambda one: one.question),
        Column("Varför", 50, "wrapped", lambda one: one.why),
        Column("Kalkylblad att fylla i", 40, "wrapped", _templates),
    ]


def _templates(one: NotChecked) -> str:
    return "\n".join(f"tillit template {table}" for table in one.missing)
