"""What providers, persons, controls and columns are called in a report."""

import re
from dataclasses import dataclass

from tillit.catalogue import Catalogue, Column, Control
from tillit.report.codes import is_sole_trader, short_codes
from tillit.report.swedish import in_swedish
from tillit.report.values import kind_of, organisation, text
from tillit.store import Result, Value

_NAMED_FIRST = re.compile(r"(^|; )([a-z_]+): ")
WITHOUT_PROVIDER = "Utan anordnare"


@dataclass(frozen=True)
class Names:
    """The names of one report: from its result, and from the content that it was run with."""

    catalogue: Catalogue
    providers: dict[str, str]
    short: dict[str, str]

    def control(self, id: str) -> str:
        """A control's title, or its id where the content no longer has it."""
        control = self.catalogue.controls.get(id)
        return control.title if control else id

    def provider(self, id: str | None) -> str:
        """A provider's name; a sole trader is a person, and goes by a code."""
        if not id:
            return WITHOUT_PROVIDER
        if is_sole_trader(id):
            return f"Enskild firma {self.short.get(id, id).removeprefix('E-')}"
        return self.providers.get(id) or organisation(id)

    def provider_number(self, id: str | None) -> str:
        """A provider's organisation number, where it stands beside a name."""
        return organisation(id) if id and id in self.providers and not is_sole_trader(id) else ""

    def table(self, id: str) -> str:
        """A table's title."""
        table = self.catalogue.tables.get(id)
        return table.title if table else id

    def column(self, table: str, name: str) -> Column | None:
        """A column of a table, where the content has it."""
        known = self.catalogue.tables.get(table)
        return known.columns.get(name) if known else None

    def label(self, table: str, name: str) -> str:
        """A column's heading; amounts and lengths carry their unit themselves here, so it is left out."""
        column = self.column(table, name)
        return column.sv.removesuffix(" (kr)").removesuffix(" (timmar)") if column else name

    def value(self, table: str, name: str, value: Value, currency: str = "SEK") -> str:
        """A value of a delivered row in Swedish."""
        column = self.column(table, name)
        return self._shortened(value) or text(value, kind_of(name, column), column, currency)

    def details(self, control: Control | None, details: dict[str, Value]) -> list[tuple[str, str]]:
        """What a finding says besides its amounts: label and value, in the order of the control."""
        shows = control.shows if control else {}
        order = [name for name in shows if name in details] + [name for name in details if name not in shows]
        return [
            (shows.get(name, name), self._detail(name, value)) for name in order if (value := details[name]) is not None
        ]

    def _detail(self, name: str, value: Value) -> str:
        if isinstance(value, str) and (name.endswith("provider_id") or value in self.providers):
            return self.provider(value)
        tables = self.catalogue.tables.values()
        words = (table.columns[name].one_of for table in tables if name in table.columns)
        meaning = next((one_of[value] for one_of in words if value in one_of), "") if isinstance(value, str) else ""
        return meaning or self._shortened(value) or text(value, kind_of(name))

    def said(self, text: str) -> str | None:
        """A sentence of readers or engine in Swedish, columns by their headings; None where it is not translated."""
        swedish = in_swedish(text)
        return _NAMED_FIRST.sub(lambda match: f"{match[1]}{self._heading_of(match[2])}: ", swedish) if swedish else None

    def _heading_of(self, column: str) -> str:
        tables = self.catalogue.tables.values()
        return next((table.columns[column].sv for table in tables if column in table.columns), column)

    def _shortened(self, value: Value) -> str:
        """A code, or a list of them, in the short form; nothing where it is something else."""
        codes = value.split(", ") if isinstance(value, str) and value[-6:-5] == "-" else []
        return (
            ", ".join(self.short[code] for code in codes) if codes and all(code in self.short for code in codes) else ""
        )


def names_of(result: Result, catalogue: Catalogue) -> Names:
    """The names of a report."""
    return Names(catalogue, result.providers, short_codes(result))
