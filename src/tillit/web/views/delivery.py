"""Deliveries and runs: what has come, how it was understood, and what was found."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.delivery import receive
from tillit.web.actions.refusal import TurnedAwayError
from tillit.web.forms.delivery import DeliveryForm
from tillit.web.queries.access import own_boards
from tillit.web.queries.delivery import deliveries, runs
from tillit.web.rules.doors import may_enter, roles_of
from tillit.web.views.request import ViewerRequest, behind

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@behind("deliveries")
def delivery_list(request: ViewerRequest) -> HttpResponse:
    """The files and the runs, the newest first, and a place to drop a file."""
    boards = list(own_boards(request.viewer, roles_of("deliver"))) if may_enter(request.viewer, "deliver") else []
    form = DeliveryForm(boards=[(one.slug, one.name) for one in boards])
    if request.method == "POST":
        if not boards:
            raise Http404
        form = DeliveryForm(request.POST, request.FILES, boards=[(one.slug, one.name) for one in boards])
        if form.is_valid():
            board = next(one for one in boards if one.slug == form.cleaned_data["board"])
            file = form.cleaned_data["file"]
            try:
                receive(file.name, file.chunks(), board=board, by=request.viewer, now=request.viewer.now)
            except TurnedAwayError:
                raise
            except RefusedError as error:
                form.add_error("file", f"{_(error.what)}: {_(error.fix)}.")
            else:
                messages.success(request, _("Filen är mottagen och väntar på att läsas."))
                return redirect("delivery_list")
    page = Paginator(deliveries(request.viewer), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "runs": runs(request.viewer)[:20], "form": form if boards else None}
    return render(request, "delivery/list.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@behind("deliveries")
def delivery(request: ViewerRequest, pk: int) -> HttpResponse:
    """How a file was understood, and which lines were refused."""
    found = deliveries(request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return render(request, "delivery/delivery.html", {"delivery": found})


@require_safe
@behind("deliveries")
def run(request: ViewerRequest, pk: int) -> HttpResponse:
    """How far a run has come, and what it found."""
    found = runs(request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    part = "delivery/run.html#progress" if request.headers.get("HX-Request") else "delivery/run.html"
    return render(request, part, {"run": found})
