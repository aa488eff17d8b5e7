"""Boards and their units: opened by the system administrator, kept by each board's access administrator."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.board import change_board, change_unit, open_board, open_unit
from tillit.web.actions.refusal import HeldBackError, NotYourStepError
from tillit.web.forms.board import BoardForm, OpenBoardForm, UnitForm
from tillit.web.queries.access import people_at_work
from tillit.web.queries.board import boards_to_change, may_open_boards
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("boards")
def board_list(request: ViewerRequest) -> HttpResponse:
    """The boards that the viewer keeps."""
    return _list(request)


@require_POST
@behind("boards_open")
def opened(request: ViewerRequest) -> HttpResponse:
    """A new board."""
    form = OpenBoardForm(people_at_work(request.viewer), request.POST)
    if not form.is_valid():
        return _list(request, tried=form)
    given = dict(form.cleaned_data)
    try:
        made = open_board(given.pop("slug"), given.pop("name"), by=request.viewer, now=request.viewer.now, **given)
    except (HeldBackError, NotYourStepError) as error:
        form.add_error(None, sentence(error))
        return _list(request, tried=form)
    messages.success(request, _("Nämnden är öppnad. Nu kan dess behörighetsadministratör ge roller."))
    return redirect("board", made.slug)


@require_safe
@behind("boards")
def board(request: ViewerRequest, slug: str) -> HttpResponse:
    """One board and its units."""
    return _page(request, slug)


@require_POST
@behind("boards")
def changed(request: ViewerRequest, slug: str) -> HttpResponse:
    """What a board is called."""
    known, form = _known(request, slug), BoardForm(request.POST, auto_id="board-%s")

    def change() -> None:
        change_board(known, by=request.viewer, now=request.viewer.now, **form.cleaned_data)

    return _tried(request, slug, form, change, {"board_form": form})


@require_POST
@behind("boards")
def unit_opened(request: ViewerRequest, slug: str) -> HttpResponse:
    """A new unit."""
    known, form = _known(request, slug), UnitForm(request.POST, auto_id="new-%s")

    def change() -> None:
        open_unit(known, by=request.viewer, now=request.viewer.now, **form.cleaned_data)

    return _tried(request, slug, form, change, {"unit_form": form})


@require_POST
@behind("boards")
def unit_changed(request: ViewerRequest, slug: str, unit: int) -> HttpResponse:
    """What a unit is called, and whether it is the default one."""
    one = next((one for one in _known(request, slug).units.all() if one.pk == unit), None)
    if one is None:
        raise Http404
    form = UnitForm(request.POST, auto_id=f"unit-{unit}-%s")

    def change() -> None:
        change_unit(one, by=request.viewer, now=request.viewer.now, **form.cleaned_data)

    return _tried(request, slug, form, change, {"unit_forms": {unit: form}})


def _known(request: ViewerRequest, slug: str) -> Any:
    found = boards_to_change(request.viewer).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _tried(
    request: ViewerRequest, slug: str, form: Any, change: Callable[[], None], again: dict[str, Any]
) -> HttpResponse:
    if form.is_valid():
        try:
            change()
        except HeldBackError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Ändringen är sparad."))
            return redirect("board", slug)
    return _page(request, slug, **again)


def _list(request: ViewerRequest, *, tried: OpenBoardForm | None = None) -> HttpResponse:
    opens = may_open_boards(request.viewer)
    form = tried or (OpenBoardForm(people_at_work(request.viewer)) if opens else None)
    context = {"boards": boards_to_change(request.viewer), "open_form": form}
    return render(request, "board/list.html", context, status=422 if tried else 200)


def _page(
    request: ViewerRequest,
    slug: str,
    *,
    board_form: BoardForm | None = None,
    unit_form: UnitForm | None = None,
    unit_forms: dict[int, UnitForm] | None = None,
) -> HttpResponse:
    known, tried = _known(request, slug), unit_forms or {}
    units = [
        (
            one,
            tried.get(one.pk)
            or UnitForm(auto_id=f"unit-{one.pk}-%s", initial=model_to_dict(one, list(UnitForm.base_fields))),
        )
        for one in known.units.all()
    ]
    context = {
        "board": known,
        "units": units,
        "board_form": board_form
        or BoardForm(auto_id="board-%s", initial=model_to_dict(known, list(BoardForm.base_fields))),
        "unit_form": unit_form or UnitForm(auto_id="new-%s"),
        "has_default": any(one.default for one, _form in units),
    }
    return render(request, "board/board.html", context, status=422 if board_form or unit_form or unit_forms else 200)
