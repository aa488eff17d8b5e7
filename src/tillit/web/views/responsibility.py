"""Who answers for what: the units, and the matrix of one of them."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.web.actions.responsibility import name_responsible
from tillit.web.forms.responsibility import ChainForm
from tillit.web.queries import responsibility as queries
from tillit.web.views.request import ViewerRequest, behind

if TYPE_CHECKING:
    from tillit.web.models import Board, Unit


@require_safe
@behind("responsibilities")
def responsibilities(request: ViewerRequest) -> HttpResponse:
    """The boards of the viewer and their units, and how much in each is nobody's."""
    boards = [(board, queries.left_empty(board)) for board in queries.boards_of(request.viewer)]
    return render(request, "responsibility/list.html", {"boards": boards})


@require_http_methods(["GET", "HEAD", "POST"])
@behind("responsibilities")
def responsibility(request: ViewerRequest, board: str, unit: str = "") -> HttpResponse:
    """The matrix of a unit, or of a whole board; a manager there fills it."""
    here, part = _place(request, board, unit)
    may = queries.may_name(request.viewer, here, part)
    matrix = queries.matrix(here, part)
    people = list(queries.people_at(here, request.viewer)) if may else []
    status, tried = 200, ""
    forms: dict[str, ChainForm] = {one.code: ChainForm(one.cells, people, prefix=one.code) for one in matrix}
    if request.method == "POST":
        tried = request.POST.get("chain", "")
        chain = next((one for one in matrix if one.code == tried), None)
        if chain is None:
            raise Http404
        form = ChainForm(chain.cells, people, request.POST, prefix=chain.code)
        if form.is_valid():
            name_responsible(chain.code, form.named(), board=here, unit=part, by=request.viewer, now=request.viewer.now)
            messages.success(request, _("Sparat."))
            return redirect(request.path + f"#{chain.code}")
        forms[chain.code], status = form, 422
    rows: list[dict[str, Any]] = [{"chain": one, "form": forms[one.code], "tried": one.code == tried} for one in matrix]
    context = {"board": here, "unit": part, "rows": rows, "may": may, "left": sum(one.left for one in matrix)}
    return render(request, "responsibility/responsibility.html", context, status=status)


def _place(request: ViewerRequest, board: str, unit: str) -> "tuple[Board, Unit | None]":
    here = queries.board_of(request.viewer, board)
    if here is None:
        raise Http404
    if not unit:
        return here, None
    part = next((one for one in here.units.all() if one.slug == unit), None)
    if part is None:
        raise Http404
    return here, part
