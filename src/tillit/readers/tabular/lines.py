"""All that is said of a delivery's lines as one SQL: their values, and everything that may be wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillit.catalogue import STORED, Kind, Table
from tillit.readers.tabular.pieces import BOUNDS_SQL, PIECE_SQL, SHORT_SQL
from tillit.readers.tabular.plain import quoted
from tillit.readers.tabular.plan import Aside
from tillit.readers.tabular.reading import Reading
from tillit.readers.tabular.stretch import Fault, Told

SUMMED = (Kind.ORE, Kind.MINUTES)

_MASKED = (
    "(^|[^\\pL])(redacted|maskera[dt]|dold|sekretess|skyddade? (person)?uppgift(er)?|personuppgift(er)?|privatperson)"
    "([^\\pL]|$)|^[*xX.-]+$"
)
"""How names of persons are hidden in open ledgers."""


@dataclass(frozen=True)
class Lines:
    """How the lines of a delivery are read: their fields, their stretch of time, and everything that may be wrong."""

    table: Table
    readings: tuple[Reading, ...]
    told: Told | None
    asides: tuple[Aside, ...]

    def sql(self, source: str = "raw", *, whole: bool = True) -> str:
        """Every line with its values under their columns' names, and what its faults are seen by.

        Takes: the lines, as SQL; without `whole`, only what tells faults and sums is there.
        """
        readings = [reading for reading in self.readings if whole or self._is_judged(reading)]
        joins = [join for reading in readings for join in reading.joins]
        listed = ["record", "line", "ragged"]
        for reading in readings:
            name = reading.field.column
            listed.append(f'({reading.value})::{self.kind(name)} AS "{name}"')
            if reading.what:
                listed += [f"{reading.what} AS _what_{name}", f"{reading.fix} AS _fix_{name}"]
        listed += [
            f"({reading.missing}) AS _missing_{reading.field.column}"
            for reading in self.readings
            if reading.field.required and reading.missing
        ]
        listed += [f"lower(trim(c{aside.cell})) AS _aside_c{aside.cell}" for aside in self.asides]
        if self.told is None:
            return f"SELECT {', '.join(listed)} FROM {source} {' '.join(joins)}"
        listed += [f"{value} AS {name}" for name, value in self.told.columns.items()]
        joins += self.told.joins
        return f"SELECT *, {SHORT_SQL} FROM (SELECT {', '.join(listed)} FROM {source} {' '.join(joins)})"

    def kind(self, name: str) -> str:
        """The SQL type in which a column is written; a text of few values as codes."""
        kind = STORED[self.table.columns[name].type]
        codes = next((reading.codes for reading in self.readings if reading.field.column == name), "")
        return codes if codes and kind == "VARCHAR" else kind

    def _is_judged(self, reading: Reading) -> bool:
        seen = reading.field.required and not reading.missing
        return bool(reading.what) or seen or reading.field.column in self.summed

    @property
    def faults(self) -> list[Fault]:
        """What may be wrong with a line that has its cells where they belong."""
        faults = list(self.told.faults) if self.told else []
        for reading in self.readings:
            faults += _faults_of(reading)
        for aside in self.asides:
            for value, why in aside.reasons.items():
                faults.append(Fault(f"_aside_c{aside.cell} = {quoted(value)}", quoted(f"{aside.heading}: {why}"), "''"))
        return faults

    @property
    def summed(self) -> dict[str, str]:
        """The columns of öre and minutes that the file has, each as SQL over a line that is not split."""
        sums = {
            reading.field.column: f'"{reading.field.column}"'
            for reading in self.readings
            if reading.field.cells and self.table.columns[reading.field.column].type in SUMMED
        }
        if self.told:
            spans = {"minutes": "_short_end - _short_start", "longest_minutes": "_last_end - _first_start"}
            wrong = _either(self.told.faults)
            sums |= {name: f"CASE WHEN NOT {wrong} THEN {span} END" for name, span in spans.items()}
        return sums


_RAGGED = Fault("ragged IS NOT NULL", "ragged", "'mend the line, or ask for the file again'")


def _faults_of(reading: Reading) -> list[Fault]:
    name = reading.field.column
    faults = []
    missing = f"_missing_{name}" if reading.missing else f'"{name}" IS NULL'
    if reading.what:
        faults.append(Fault(f"_what_{name} IS NOT NULL", f"_what_{name}", f"_fix_{name}"))
        missing += f" AND _what_{name} IS NULL"
    if reading.field.required:
        faults.append(Fault(missing, quoted(f"{reading.field.heading} is empty"), "'ask the sender for it'"))
    return faults


def judged_sql(lines: Lines) -> str:
    """One row: all lines, the records of the wrong ones, the most midnights in a stretch, and of each sum two.

    Of each column of öre or minutes, in the order of `summed`: the sum over all lines, and over the wrong.
    """
    sums = [part for sql in lines.summed.values() for part in (f"sum({sql})", f"sum({sql}) FILTER (wrong)")]
    longest = "max(_midnights)" if lines.told else "0"
    wrong = _either((_RAGGED, *lines.faults))
    return (
        f"SELECT count(*), list(record) FILTER (wrong), {', '.join([longest, *sums])} "
        f"FROM (SELECT *, {wrong} AS wrong FROM ({lines.sql(whole=False)}))"
    )


def refused_sql(lines: Lines) -> str:
    """The lines of the table `wrong`, each with all that is wrong with it and the first thing to do about it."""
    whats = ", ".join(f"CASE WHEN {fault.when} THEN {fault.what} END" for fault in lines.faults)
    fixes = ", ".join(f"CASE WHEN {fault.when} THEN {fault.fix} END" for fault in lines.faults)
    return (
        f"SELECT line, coalesce(ragged, concat_ws('; ', {whats})) AS what, "
        f"CASE WHEN ragged IS NOT NULL THEN {_RAGGED.fix} ELSE coalesce({fixes}, '') END AS fix "
        f"FROM ({lines.sql('(FROM raw SEMI JOIN wrong USING (record)) AS raw', whole=False)}) ORDER BY record"
    )


def rows_sql(lines: Lines, first_id: int, last_record: int, *, without_wrong: bool) -> str:
    """The rows to store, in the order of the table's columns.

    A row's number is its line's record; what a stretch has beyond its first midnight comes after the last
    record, so that no line's number depends on the lines before it.

    A column that the file does not have is not there; whoever reads the rows takes it for empty.

    Takes: the row_id before the first; whether the table `wrong` names lines to leave out.
    """
    source = f"({lines.sql('(FROM raw ANTI JOIN wrong USING (record)) AS raw' if without_wrong else 'raw')})"
    number = "record"
    if lines.told:
        split = "unnest(CASE WHEN _midnights > 0 THEN range(0, _midnights + 1) ELSE [0] END)::INTEGER AS _piece"
        source = (
            f"(SELECT *, {BOUNDS_SQL} FROM (SELECT *, {split} FROM {source}) "
            "LEFT JOIN town_day AS piece_day ON piece_day.day = _first_day + _piece)"
        )
        number = f"record + _piece * {last_record}"
    there = {reading.field.column for reading in lines.readings if reading.value != "NULL"}
    listed = [
        _stored_sql(lines, name)
        for name, column in lines.table.columns.items()
        if name in there or column.entered_as or column.derived
    ]
    return f"SELECT {', '.join(listed)}, {first_id} + {number} AS row_id, line FROM {source}"


def _stored_sql(lines: Lines, name: str) -> str:
    column = lines.table.columns[name]
    kind = lines.kind(name)
    how, _, of = column.derived.partition(": ")
    if lines.told and name in PIECE_SQL:
        value = PIECE_SQL[name]
    elif how == "normalised":
        value = _comparable_sql(f'"{of}"::VARCHAR')
    elif how == "masked":
        value = f'coalesce(regexp_matches(lower("{of}"::VARCHAR), {quoted(_MASKED)}), false)'
    else:
        value = f'"{name}"'
    return f'({value})::{kind} AS "{name}"'


def _comparable_sql(number: str) -> str:
    """The same as `comparable_number`; RE2 knows no look-behind, so the sign before the zeros is put back."""
    bare = f"regexp_replace(upper({number}), '[^\\pL\\pN]', '', 'g')"
    return f"regexp_replace({bare}, '(^|[^0-9])0+([0-9])', '\\1\\2', 'g')"


def _either(faults: Sequence[Fault]) -> str:
    return "coalesce(" + " OR ".join(f"coalesce({fault.when}, false)" for fault in faults) + ", false)"
