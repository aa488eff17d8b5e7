"""The API for providers' own systems (docs/howto/report-by-api.md): the months, rows as drafts, and what stands.

A system comes in by its token and by nothing else: no log-in, no cookie. It can do what a file can: it signs nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from ninja import Header, NinjaAPI, Path
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from tillit.errors import RefusedError
from tillit.web.actions.provider_system import come_in, send_rows
from tillit.web.actions.read import read_list, read_own
from tillit.web.actions.refusal import NotForYouError
from tillit.web.forms.api import KEY, MONTH, NUMBER, MonthList, Problem, Report, Rows, Saved
from tillit.web.queries.portal import own_report
from tillit.web.queries.provider_system import sendable, sent_report
from tillit.web.rules.provider_system import KnownSystem
from tillit.web.rules.scope import within
from tillit.web.views import problem
from tillit.web.views.request import now

MOST_A_MINUTE = 60


class Token(HttpBearer):
    """A token, which someone of the provider or the municipality's access administrator has made."""

    def authenticate(self, request: HttpRequest, token: str) -> KnownSystem | None:
        """Who comes in by it."""
        return come_in(token, now=now())


class Rate(BaseThrottle):
    """So many requests of one system in a minute, counted for all workers together."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Counts one more."""
        key = f"api:{_known(request)}:{now():%Y%m%d%H%M}"
        cache.add(key, 0, 120)
        return cache.incr(key) <= MOST_A_MINUTE

    def wait(self) -> float:
        """Until the next minute, at the most."""
        return 60.0


class _Described(NinjaAPI):
    """The API, whose description says that a refusal is a problem (RFC 9457)."""

    def get_openapi_schema(self, **given: Any) -> Any:
        """The description, of which every refusal is a problem."""
        made = super().get_openapi_schema(**given)
        for path in made["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {problem.TYPE: answer["content"]["application/json"]}
        return made


api = _Described(
    title="Tillit: tidrapporter",
    version="1",
    description="For the systems of providers of personal assistance. Rows become drafts: persons sign and hand in.",
    auth=Token(),
    throttle=[Rate()],
    docs_url=None,
    urls_namespace="api",
)
problem.told_by(api)

REFUSED: dict[int, Any] = dict.fromkeys((400, 401, 404, 409, 413, 422, 429), Problem)


def of_system(view: Callable[..., Any]) -> Callable[..., Any]:
    """An operation within the board of the system that asks. A refusal is answered there: its log line stays."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **given: Any) -> Any:
        with within([_known(request).system.board_id]):
            try:
                return view(request, *args, **given)
            except RefusedError as error:
                return problem.of(error)

    return seen


@api.get("/months", response={200: MonthList, **REFUSED}, url_name="api_months", summary="Months to send rows for")
@of_system
def months(request: HttpRequest) -> Any:
    """The months with reports that can be written in, and the codes of the assistants and words that rows may hold."""
    outsider = _known(request).outsider
    found = sendable(outsider)
    read_list("months by api", by=outsider.viewer, now=now(), shown=sum(len(one.reports) for one in found.values()))
    return MonthList.of(found)


@api.post("/months/{month}/rows", response={200: Saved, **REFUSED}, url_name="api_rows", summary="Send rows of a month")
@of_system
def rows(
    request: HttpRequest,
    month: Annotated[str, Path(pattern=MONTH)],
    sent: Rows,
    key: Annotated[str, Header(alias="Idempotency-Key", pattern=KEY)],
) -> Any:
    """All rows become drafts, or none does. Rows that are there already are left, so that the same can be sent again.

    The same key with the same rows is answered as the first time; with other rows it is refused (409).
    """
    done = send_rows(sent.lines(), month=month, key=key, by=_known(request), now=now())
    return Saved(new=done.new, there=done.there, reports=done.reports)


@api.get("/reports/{number}", response={200: Report, **REFUSED}, url_name="api_report", summary="Where a report stands")
@of_system
def report(request: HttpRequest, number: Annotated[str, Path(pattern=NUMBER)]) -> Any:
    """What is written, signed and approved, by assistant, and the receipts where it is handed in."""
    outsider = _known(request).outsider
    found = own_report(number, outsider)
    if found is None:
        raise NotForYouError("Det finns ingen sådan rapport för dig")
    read_own(found, by=outsider.viewer, now=now())
    return Report.of(sent_report(found, outsider))


def addresses() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses of the API, none of which asks for a log-in: a token is asked for instead."""
    found, app, namespace = api.urls
    for one in found:
        assert isinstance(one, URLPattern)
        assert one.callback is not None
        one.callback = login_not_required(one.callback)
    return found, app, namespace


def _known(request: HttpRequest) -> KnownSystem:
    known = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    assert isinstance(known, KnownSystem)
    return known
