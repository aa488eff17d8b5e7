"""How each field is read: the SQL of its value, and of what is wrong with it where something is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from tillit.catalogue import Kind
from tillit.identifiers import Verdict
from tillit.readers.identity import Identities, identity_remark
from tillit.readers.tabular.convert import UnknownCode, convert
from tillit.readers.tabular.dictionary import (
    Converted,
    Dictionary,
    Key,
    Met,
    converted_by,
    distinct_keys,
    make_codes,
    make_dictionary,
)
from tillit.readers.tabular.field import Field
from tillit.readers.tabular.plain import BLANKS, plain_sql, quoted, text_sql
from tillit.readers.tabular.stamp import read_stamp, timestamp_sql
from tillit.store import Remark
from tillit.units import AmbiguousNumber, Sign

_NUMBER_OF_A_PERSON = "[0-9]{6}[-+]?[0-9]{4}"
"""What an identity number written out in a free text has in it, and little else has."""

IDENTITY_KINDS = {"person": Kind.PERSON, "organisation": Kind.ORGANISATION, "account": Kind.ACCOUNT}


@dataclass(frozen=True)
class Reading:
    """One field as SQL over the lines: its value, the joins it needs, and its fault where it can have one.

    `codes` is the ENUM that the value is of, where it is of one.
    `days` is a query for the days that `town_day` must have, where it is a point in time.
    `missing` tells, over the lines alone, that there is no value; it is empty where the value itself must be seen.
    """

    field: Field
    value: str
    joins: tuple[str, ...] = ()
    what: str = ""
    fix: str = ""
    days: str = ""
    missing: str = ""
    codes: str = ""
    dictionary: Dictionary | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Means:
    """What fields are read with: the connection that has the lines, the keeper of identities, the decimal sign."""

    con: duckdb.DuckDBPyConnection
    identities: Identities
    sign: Sign | None


def read_field(field: Field, means: Means) -> Reading:
    """How a field is read. Makes the dictionary that it needs."""
    if not field.cells:
        return _constant_reading(field, means)
    if field.kind == "text" and field.known is None and not field.by_filled:
        return _text(field, means)
    if field.kind in IDENTITY_KINDS:
        return _identity(field, means)
    if field.kind == "timestamp" and field.known is None:
        return _stamp(field, means)
    return _value(field, means)


def _constant_reading(field: Field, means: Means) -> Reading:
    value = _constant(field, means)
    if not value.startswith("'"):
        return Reading(field, value)
    codes = make_codes(means.con, f"codes_{field.column}", [value[1:-1].replace("''", "'")])
    return Reading(field, value, codes=codes)


def _constant(field: Field, means: Means) -> str:
    if field.value is None:
        return "NULL"
    if field.kind in IDENTITY_KINDS:
        text = str(field.value)
        found = means.identities.organisations([text]) if field.kind == "organisation" else [field.value]
        return quoted(str(found[0]))
    return str(field.value) if isinstance(field.value, bool | int) else quoted(field.value)


def _text(field: Field, means: Means) -> Reading:
    """A text as it stands; where it may tell of a person, identity numbers in it become codes."""
    cell = f"c{field.cells[0]}"
    plain = _or_default(text_sql(field, cell), field, means)
    if not field.personal:
        return Reading(field, plain)
    where = f"{cell} IS NOT NULL AND regexp_matches({cell}, {quoted(_NUMBER_OF_A_PERSON)})"
    texts = [str(key[0]) for key in distinct_keys(means.con, [cell], where)]
    coded: dict[Key, Converted] = {
        (text,): code.strip() for text, code in zip(texts, means.identities.free_texts(texts), strict=True)
    }
    if not coded:
        return Reading(field, plain)
    dictionary = make_dictionary(means.con, f"d_{field.column}", [cell], "text", coded, field.heading)
    return Reading(field, f"coalesce({dictionary.name}.value, {plain})", (dictionary.join,))


def _identity(field: Field, means: Means) -> Reading:
    cells = [f"c{cell}" for cell in field.cells]
    owners = [f"c{cell}" for cell in field.owner.cells] if field.owner else []
    keys = distinct_keys(means.con, [*cells, *owners], f"{cells[0]} IS NOT NULL")
    converted: dict[Key, Converted] = {key: None for key in keys if _is_nothing(key[0], field)}
    given = [key for key in keys if key not in converted]
    converted |= dict(zip(given, _identified(given, field, means), strict=True))
    dictionary = make_dictionary(
        means.con, f"d_{field.column}", [*cells, *owners], field.kind, converted, field.heading
    )
    return Reading(
        field,
        _or_default(f"{dictionary.name}.value", field, means),
        (dictionary.join,),
        missing=_missing(dictionary, field),
        codes=dictionary.codes,
        dictionary=dictionary,
        remarks=tuple(_verdict_remarks(keys, field, means.identities)),
    )


def _identified(keys: Sequence[Key], field: Field, means: Means) -> list[Any]:
    texts = [str(key[0]).strip(BLANKS) for key in keys]
    if field.kind == "organisation":
        return list(means.identities.organisations(texts))
    if field.kind == "account":
        return list(means.identities.accounts(texts))
    of_owner: dict[str | None, list[int]] = {}
    for place, key in enumerate(keys):
        of_owner.setdefault(_owner(key, field), []).append(place)
    found = [0] * len(keys)
    for owner, places in of_owner.items():
        pseudonyms = means.identities.persons([texts[place] for place in places], owner)
        for place, pseudonym in zip(places, pseudonyms, strict=True):
            found[place] = pseudonym
    return found


def _stamp(field: Field, means: Means) -> Reading:
    """A point in time; of the two in the hour that comes twice, the first."""
    stamp = read_stamp(
        means.con,
        f"c{field.cells[0]}",
        f"at_{field.column}",
        field.heading,
        formats=field.formats,
        empty=field.empty,
    )
    return Reading(field, timestamp_sql(stamp.early), stamp.joins, stamp.what, stamp.fix, stamp.days)


def _value(field: Field, means: Means) -> Reading:
    """Plain values in SQL; the rest, or all of a kind that is never plain, by a dictionary."""
    cells = [f"c{cell}" for cell in field.cells]
    plain = None if field.by_filled else plain_sql(field, cells[0], means.sign)
    where = " OR ".join(f"{cell} IS NOT NULL" for cell in cells)
    if plain:
        where = f"({where}) AND ({plain}) IS NULL"
    keys = distinct_keys(means.con, cells, where)
    converted, remarks = _converted(keys, field, means)
    if plain and not converted:
        return Reading(field, _or_default(plain, field, means))
    default = str(field.value) if isinstance(field.value, str) else None
    dictionary = make_dictionary(means.con, f"d_{field.column}", cells, field.kind, converted, field.heading, default)
    value = f"coalesce({plain}, {dictionary.name}.value)" if plain else f"{dictionary.name}.value"
    faults = (f"{dictionary.name}.what", f"{dictionary.name}.fix") if dictionary.has_faults else ("", "")
    if dictionary.has_faults:
        value = f"CASE WHEN {faults[0]} IS NULL THEN {_or_default(value, field, means)} END"
    else:
        value = _or_default(value, field, means)
    missing = "" if plain else _missing(dictionary, field)
    return Reading(field, value, (dictionary.join,), *faults, "", missing, dictionary.codes, dictionary, remarks)


def _converted(keys: dict[Key, Met], field: Field, means: Means) -> tuple[dict[Key, Converted], tuple[Remark, ...]]:
    converted = converted_by(keys, lambda key: _convert(key, field, means.sign, often=keys[key].lines > 2))
    unclear = {key: keys[key] for key, value in converted.items() if isinstance(value, AmbiguousNumber)}
    sign = _sign_of_the_file(field, means) if unclear else None
    if sign is None:
        return converted, ()
    converted |= converted_by(unclear, lambda key: _convert(key, field, sign, often=False))
    count = sum(met.lines for met in unclear.values())
    what = f"{field.heading}: '{sign}' is taken for the decimal sign, as in the other numbers of the column"
    return converted, (Remark(0, what, f"say decimal in source.yaml if the {count} unclear lines are otherwise"),)


def _sign_of_the_file(field: Field, means: Means) -> Sign | None:
    """The decimal sign of a column whose other numbers all show the same one."""
    cell = f"c{field.cells[0]}"
    shown: list[Sign] = []
    for sign in (",", "."):
        where = f"regexp_matches({cell}, '[0-9][{sign}][0-9]{{1,2}}[^0-9]*$')"
        if means.con.execute(f"SELECT 1 FROM raw WHERE {where} LIMIT 1").fetchall():
            shown.append("," if sign == "," else ".")
    return shown[0] if len(shown) == 1 else None


def _missing(dictionary: Dictionary, field: Field) -> str:
    """Where every text that is there stands for something, only the empty cells are missing."""
    if dictionary.has_faults or dictionary.has_gaps or field.value is not None:
        return ""
    return " AND ".join(f"c{cell} IS NULL" for cell in field.cells)


def _verdict_remarks(keys: dict[Key, Met], field: Field, identities: Identities) -> Iterator[Remark]:
    """Tells of numbers that are not what they should be, with the first lines that have them."""
    kind = IDENTITY_KINDS[field.kind]
    lines: dict[Verdict, dict[str, int]] = {}
    for key, met in keys.items():
        text = str(key[0]).strip(BLANKS)
        verdict = identities.verdicts[kind].get(text)
        if verdict and not verdict.is_valid:
            lines.setdefault(verdict, {}).setdefault(text, met.line)
    for verdict in sorted(lines):
        remark = identity_remark(field.heading, kind, verdict, list(lines[verdict].values()))
        if remark:
            yield remark


def _convert(key: Key, field: Field, sign: Sign | None, *, often: bool) -> object:
    if field.by_filled:
        return _filled(key, field)
    text = str(key[0])
    if _is_nothing(text, field):
        return None
    return convert(text.strip(BLANKS), field, sign, often=often)


def _filled(key: Key, field: Field) -> str | None:
    """The value of the one cell that is filled."""
    filled = [place for place, text in enumerate(key) if text and text.strip(f"{BLANKS}0.,:-")]
    if len(filled) > 1:
        raise UnknownCode(f"are filled together: {len(filled)} of them", fix="give each its own line")
    return field.by_filled[filled[0]] if filled else None


def _is_nothing(text: str | None, field: Field) -> bool:
    bare = (text or "").strip(BLANKS)
    return not bare or bare in field.empty


def _owner(key: Key, field: Field) -> str | None:
    """Whose local number it is: what the line says, else what the source says of every line."""
    said = (key[1] or "").strip(BLANKS) if len(key) > 1 else ""
    if said:
        return said
    return str(field.owner.value) if field.owner and field.owner.value is not None else None


def _or_default(value: str, field: Field, means: Means) -> str:
    return value if field.value is None else f"coalesce({value}, {_constant(field, means)})"
