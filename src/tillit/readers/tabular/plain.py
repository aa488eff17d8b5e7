"""Values that are written plainly, read in SQL; whatever is written in another way is left for `convert`.

Each expression gives the value, or NULL where the text is not plain. It never gives another value than
`convert` would: a property test holds the two against each other.
"""

from tillit.readers.tabular.field import Field
from tillit.units import Sign

BLANKS = " \t\u00a0\u2007\u2009\u202f\ufeff"


def quoted(text: str) -> str:
    """A text as SQL writes it.

    >>> quoted("l'année")
    "'l''année'"
    """
    return "'" + text.replace("'", "''") + "'"


def text_sql(field: Field, cell: str) -> str:
    """A text without blanks around it, or the part of it that is meant; what stands for nothing is NULL."""
    if field.part:
        cell = f"regexp_extract({cell}, {quoted(field.part)}, 1)"
    trimmed = f"nullif(trim({cell}, {quoted(BLANKS)}), '')"
    for nothing in field.empty:
        trimmed = f"nullif({trimmed}, {quoted(nothing)})"
    return trimmed


def plain_sql(field: Field, cell: str, sign: Sign | None = None) -> str | None:
    """The value of a plainly written number, or nothing for the kinds that are looked up by their text."""
    if field.known is not None:
        return None
    if field.kind in ("integer", "minutes"):
        return f"CASE WHEN regexp_full_match({cell}, '-?[0-9]{{1,18}}') THEN {cell}::BIGINT END"
    if field.kind == "money":
        return f"(100 * ({_number_sql(cell, sign)}))::BIGINT"
    if field.kind == "decimal":
        return f"({_number_sql(cell, sign)})::DECIMAL(18, 4)"
    return None


def _number_sql(cell: str, sign: Sign | None) -> str:
    """A number with at most two decimals, so that no divider of thousands is taken for its decimal sign."""
    bare = f"translate({cell}, {quoted(BLANKS)}, '')"
    either = f"[{sign or ',.'}]"
    branches = [
        f"WHEN regexp_full_match({bare}, '-?[0-9]{{1,15}}({either}[0-9]{{1,2}})?') "
        f"THEN replace({bare}, ',', '.')::DECIMAL(18, 2)"
    ]
    for decimal, divider in ((",", "."), (".", ",")):
        if sign in (None, decimal):
            grouped = f"-?[0-9]{{1,3}}([{divider}][0-9]{{3}}){{1,4}}[{decimal}][0-9]{{1,2}}"
            branches.append(
                f"WHEN regexp_full_match({bare}, '{grouped}') "
                f"THEN replace(replace({bare}, '{divider}', ''), ',', '.')::DECIMAL(18, 2)"
            )
    return f"CASE {' '.join(branches)} END"
