"""The values of a process's fields: what may be given in a step, each of its own type."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tillit.catalogue import Document, DocumentField, Process, ProcessField
from tillit.errors import RefusedError
from tillit.identifiers import parse_organisation

LONGEST = {"text": 200, "long_text": 20_000, "provider": 20}


class WrongValueError(RefusedError):
    """A field is missing, does not belong to the step, or holds what its type cannot."""


def values(
    process: Process | Document, *, asks: Iterable[str], may_give: Iterable[str], given: Mapping[str, Any]
) -> dict[str, Any]:
    """What is given, proved against the process: all that is asked, nothing else, each of its type.

    Gives: values as JSON keeps them; dates as ISO text, money as whole öre. Empty ones that are not asked are left out.
    Raises: WrongValueError that names the field in the words of the screen.
    """
    asked = list(asks)
    known = {*asked, *may_give}
    for name in given:
        if name not in known:
            raise WrongValueError(f"Fältet '{name}' hör inte till steget", fix="ta bort det")
    for name in asked:
        if _empty(given.get(name)):
            raise WrongValueError(f"{_label(process, name)} behöver fyllas i")
    return {name: _one(process, name, value) for name, value in given.items() if not _empty(value)}


def leaving_texts(process: Process, given: Mapping[str, Any]) -> dict[str, str]:
    """The free texts among some values that may leave their zone, which the personal-data guard reads."""
    known = process.fields
    return {name: text for name, text in given.items() if known[name].leaves_zone and known[name].is_free_text}


def _empty(value: Any) -> bool:
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


def _label(process: Process | Document, name: str) -> str:
    return f"”{process.fields[name].sv}”"


def _one(process: Process | Document, name: str, value: Any) -> Any:
    field = process.fields[name]
    match field.type:
        case "choice" | "choices":
            return _chosen(process, name, value)
        case "boolean":
            fits = isinstance(value, bool)
            how = "svara ja eller nej"
        case "money":
            fits = isinstance(value, int) and not isinstance(value, bool)
            how = "skriv ett belopp"
        case "date":
            return _date(process, name, value)
        case "provider" if isinstance(value, str) and len(value) <= LONGEST["provider"]:
            return parse_organisation(value).number
        case _:
            fits = isinstance(value, str) and len(value) <= LONGEST[field.type] and "\0" not in value
            how = f"skriv högst {LONGEST[field.type]} tecken"
    if not fits:
        raise WrongValueError(f"{_label(process, name)} kan inte tas emot", fix=how)
    return value


def _chosen(process: Process | Document, name: str, value: Any) -> Any:
    field: ProcessField | DocumentField = process.fields[name]
    chosen = value if field.type == "choices" and isinstance(value, list) else [value]
    if not all(isinstance(one, str) and one in field.one_of for one in chosen):
        raise WrongValueError(
            f"{_label(process, name)} kan inte tas emot", fix=f"välj {', '.join(field.one_of.values())}"
        )
    return chosen if field.type == "choices" else value


def _date(process: Process | Document, name: str, value: Any) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()
    except (TypeError, ValueError):
        raise WrongValueError(f"{_label(process, name)} är inget datum", fix="skriv år-månad-dag") from None
