"""Each field by its kind: plain values in SQL, the rest by a dictionary of what their texts stand for."""

from tillit.readers.tabular.convert import UnknownCode, convert
from tillit.readers.tabular.dictionary import (
    Converted,
    Key,
    Met,
    converted_by,
    distinct_keys,
    make_codes,
    make_dictionary,
)
from tillit.readers.tabular.field import Field
from tillit.readers.tabular.plain import BLANKS, plain_sql, quoted, text_sql
from tillit.readers.tabular.read_identity import read_identity
from tillit.readers.tabular.reading import (
    IDENTITY_KINDS,
    Means,
    Reading,
    constant_sql,
    is_nothing,
    missing_sql,
    or_default,
)
from tillit.readers.tabular.stamp import read_stamp, timestamp_sql
from tillit.store import Remark
from tillit.units import AmbiguousNumber, Sign

_NUMBER_OF_A_PERSON = "[0-9]{6}[-+]?[0-9]{4}"
"""What an identity number written out in a free text has in it, and little else has."""


def read_field(field: Field, means: Means) -> Reading:
    """How a field is read. Makes the dictionary that it needs."""
    if not field.cells:
        return _constant_reading(field, means)
    if field.kind == "text" and field.known is None and not field.by_filled:
        return _text(field, means)
    if field.kind in IDENTITY_KINDS:
        return read_identity(field, means)
    if field.kind == "timestamp" and field.known is None:
        return _stamp(field, means)
    return _value(field, means)


def _constant_reading(field: Field, means: Means) -> Reading:
    value = constant_sql(field, means)
    if not value.startswith("'"):
        return Reading(field, value)
    codes = make_codes(means.con, f"codes_{field.column}", [value[1:-1].replace("''", "'")])
    return Reading(field, value, codes=codes)


def _text(field: Field, means: Means) -> Reading:
    """A text as it stands; where it may tell of a person, identity numbers in it become codes."""
    cell = f"c{field.cells[0]}"
    if not field.personal:
        return Reading(field, or_default(text_sql(field, cell), field, means))
    where = f"{cell} IS NOT NULL AND regexp_matches({cell}, {quoted(_NUMBER_OF_A_PERSON)})"
    texts = [str(key[0]) for key in distinct_keys(means.con, [cell], where)]
    coded: dict[Key, Converted] = {
        (text,): code.strip() for text, code in zip(texts, means.identities.free_texts(texts), strict=True)
    }
    if not coded:
        return Reading(field, or_default(text_sql(field, cell), field, means))
    dictionary = make_dictionary(means.con, f"d_{field.column}", [cell], "text", coded, field.heading)
    text = f"coalesce({dictionary.name}.value::VARCHAR, {cell})"
    return Reading(field, or_default(text_sql(field, text), field, means), (dictionary.join,))


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
        return Reading(field, or_default(plain, field, means))
    default = str(field.value) if isinstance(field.value, str) else None
    kind = "text" if field.known is not None or field.by_filled else field.kind
    dictionary = make_dictionary(means.con, f"d_{field.column}", cells, kind, converted, field.heading, default)
    value = f"coalesce({plain}, {dictionary.name}.value)" if plain else f"{dictionary.name}.value"
    faults = (f"{dictionary.name}.what", f"{dictionary.name}.fix") if dictionary.has_faults else ("", "")
    if dictionary.has_faults:
        value = f"CASE WHEN {faults[0]} IS NULL THEN {or_default(value, field, means)} END"
    else:
        value = or_default(value, field, means)
    missing = "" if plain else missing_sql(dictionary, field)
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


def _convert(key: Key, field: Field, sign: Sign | None, *, often: bool) -> object:
    if field.by_filled:
        return _filled(key, field)
    text = str(key[0])
    if is_nothing(text, field):
        return None
    return convert(text.strip(BLANKS), field, sign, often=often)


def _filled(key: Key, field: Field) -> str | None:
    """The value of the one cell that is filled."""
    filled = [place for place, text in enumerate(key) if text and text.strip(f"{BLANKS}0.,:-")]
    if len(filled) > 1:
        raise UnknownCode(f"are filled together: {len(filled)} of them", fix="give each its own line")
    return field.by_filled[filled[0]] if filled else None
