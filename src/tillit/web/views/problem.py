"""A refusal of the API as a problem (RFC 9457): what, where and what to do, and every wrong row with its line."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tillit.errors import RefusedError
from tillit.web.actions.provider_system import KeyUsedError
from tillit.web.actions.refusal import NotForYouError, SomeoneWasFasterError
from tillit.web.forms.api import Fault, Problem
from tillit.web.rules.report_file import WrongFileError

TYPE = "application/problem+json"

FAULTS = {
    "missing": gettext_lazy("saknas"),
    "extra_forbidden": gettext_lazy("är okänt: ta bort det"),
    "string_too_long": gettext_lazy("är för långt"),
    "too_long": gettext_lazy("är för många"),
    "too_short": gettext_lazy("är tomt"),
    "string_pattern_mismatch": gettext_lazy("har inte den form som det ska ha"),
    "date_from_datetime_parsing": gettext_lazy("går inte att läsa: skriv till exempel 2026-02-28"),
    "literal_error": gettext_lazy("är inget av de värden som finns"),
}
"""What is wrong with a value, by the kind of fault, in words that fit after its name."""


def of(error: RefusedError) -> HttpResponse:
    """What an action refused."""
    if isinstance(error, NotForYouError):
        return _answer(404, _("Det finns inget sådant för er"), fix=_("se GET /months för vad som kan skickas"))
    if isinstance(error, WrongFileError):
        title, fix = _("Rader har fel, och inget är sparat"), _("rätta raderna och skicka alla igen med en ny nyckel")
        return _answer(422, title, fix=fix, errors=error.lines)
    status = 409 if isinstance(error, KeyUsedError | SomeoneWasFasterError) else 422
    return _answer(status, _(error.what), where=error.where or "", fix=_(error.fix) if error.fix else "")


def told_by(api: NinjaAPI) -> None:
    """Lets an API answer everything that it refuses as a problem."""
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(Http404, lambda request, error: _answer(404, _("Det finns inget sådant för er")))
    api.add_exception_handler(HttpError, _refused)
    api.add_exception_handler(RequestDataTooBig, _too_large)


def _not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [(_line(one["loc"]), _fault(one)) for one in error.errors]
    return _answer(422, _("Det som skickades går inte att läsa, och inget är sparat"), errors=sorted(set(faults)))


def _line(place: tuple[Any, ...]) -> int:
    """The line of a row: it stands after 'rows', and is counted from 0 there."""
    at = place.index("rows") + 1 if "rows" in place else len(place)
    return place[at] + 1 if at < len(place) and isinstance(place[at], int) else 0


def _fault(one: dict[str, Any]) -> str:
    name = next((part for part in reversed(one["loc"]) if isinstance(part, str)), "")
    fault = FAULTS.get(one["type"], _("går inte att läsa"))
    return f"{name} {fault}".strip()


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error, AuthenticationError):
        fix = _("skicka Authorization: Bearer och nyckeln; en ny nyckel görs i portalen under System")
        answer = _answer(401, _("Nyckeln saknas, är fel eller har slutat gälla"), fix=fix)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if isinstance(error, Throttled):
        answer = _answer(429, _("För många anrop den här minuten"), fix=_("vänta en minut"))
        answer["Retry-After"] = "60"
        return answer
    return _answer(error.status_code, _("Det som skickades är inte JSON"), fix=_("se beskrivningen i openapi.json"))


def _too_large(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(413, _("Det som skickades är för stort"), fix=_("dela raderna i flera anrop, högst 5 MB i varje"))


def _answer(
    status: int, title: str, *, where: str = "", fix: str = "", errors: list[tuple[int, str]] | None = None
) -> HttpResponse:
    faults = [Fault(line=line, what=what) for line, what in errors or []]
    told = Problem(title=title, status=status, where=where, fix=fix, errors=faults)
    return HttpResponse(told.model_dump_json(), status=status, content_type=TYPE)
