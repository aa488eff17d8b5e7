"""Columns of identity numbers and accounts: what is stored of each, and what is told of those that are wrong."""

from collections.abc import Iterator, Sequence
from typing import Any

from tillit.identifiers import Verdict
from tillit.readers.identity import Identities, identity_remark
from tillit.readers.tabular.dictionary import Converted, Key, Met, distinct_keys, make_dictionary
from tillit.readers.tabular.field import Field
from tillit.readers.tabular.plain import BLANKS
from tillit.readers.tabular.reading import IDENTITY_KINDS, Means, Reading, is_nothing, missing_sql, or_default
from tillit.store import Remark


def read_identity(field: Field, means: Means) -> Reading:
    """How a column of persons, organisations or accounts is read: each distinct number once, with its verdict."""
    cells = [f"c{cell}" for cell in field.cells]
    owners = [f"c{cell}" for cell in field.owner.cells] if field.owner else []
    keys = distinct_keys(means.con, [*cells, *owners], f"{cells[0]} IS NOT NULL")
    converted: dict[Key, Converted] = {key: None for key in keys if is_nothing(key[0], field)}
    given = [key for key in keys if key not in converted]
    converted |= dict(zip(given, _identified(given, field, means), strict=True))
    dictionary = make_dictionary(
        means.con, f"d_{field.column}", [*cells, *owners], field.kind, converted, field.heading
    )
    return Reading(
        field,
        or_default(f"{dictionary.name}.value", field, means),
        (dictionary.join,),
        missing=missing_sql(dictionary, field),
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


def _owner(key: Key, field: Field) -> str | None:
    """Whose local number it is: what the line says, else what the source says of every line."""
    said = (key[1] or "").strip(BLANKS) if len(key) > 1 else ""
    if said:
        return said
    return str(field.owner.value) if field.owner and field.owner.value is not None else None
