"""What providers, persons, controls and columns are called in a report."""

from dataclasses import dataclass

from tillit.catalogue import Catalogue, Column, Control
from tillit.report.codes import is_sole_trader, short_codes
from tillit.report.values import kind_of, organisation, text
from tillit.store import Result, Value

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
        return self.short.get(str(value)) or text(value, kind_of(name, column), column, currency)

    def details(self, control: Control | None, details: dict[str, Value]) -> list[tuple[str, str]]:
        """What a finding says besides its amounts: label and value, in the order of the control."""
        shows = control.shows if control else {}
        order = [name for name in shows if name in details] + [name for name in details if name not in shows]
        return [
            (shows.get(name, name), self.short.get(str(value)) or text(value, kind_of(name)))
            for name in order
            if (value := details[name]) is not None
        ]


def names_of(result: Result, catalogue: Catalogue) -> Names:
    """The names of a report."""
    return Names(catalogue, result.providers, short_codes(result))
