"""Deliveries: what has come, how it was understood, and what was not taken."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.delivery import receive, refused_lines
from tillit.web.actions.refusal import NotYourStepError, SomeoneWasFasterError, TurnedAwayError
from tillit.web.actions.withdrawal import may_withdraw, withdraw
from tillit.web.forms.delivery import DeliveryForm, WithdrawForm
from tillit.web.queries.access import own_boards
from tillit.web.queries.delivery import UNDERSTOOD, deliveries, runs
from tillit.web.queries.repayment import payments_shown
from tillit.web.rules.doors import may_enter, roles_of
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind, wants_part

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
                form.add_error("file", sentence(error))
            else:
                messages.success(request, _("Filen är mottagen och väntar på att läsas."))
                return redirect("delivery_list")
    page = Paginator(deliveries(request.viewer), PAGE).get_page(request.GET.get("page"))
    where = list(own_boards(request.viewer, roles_of("run"))) if may_enter(request.viewer, "run") else []
    context = {"page": page, "runs": runs(request.viewer)[:20], "form": form if boards else None, "run_at": where}
    return render(request, "delivery/list.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@behind("deliveries")
def delivery(request: ViewerRequest, pk: int) -> HttpResponse:
    """How a file was understood, and which lines were refused."""
    found = deliveries(request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    part = "delivery/delivery.html#understood" if wants_part(request) else "delivery/delivery.html"
    may = found.delivery.get("status") in UNDERSTOOD and not found.withdrawn_at and may_withdraw(found, request.viewer)
    payments = payments_shown(found, request.viewer)
    context = {"delivery": found, "told": found.delivery, "may_withdraw": may, "payments": payments}
    return render(request, part, context)


@require_http_methods(["GET", "HEAD", "POST"])
@behind("deliveries")
def withdraw_it(request: ViewerRequest, pk: int) -> HttpResponse:
    """Says what follows, asks for the reason and a second thought, and then withdraws the file."""
    found = deliveries(request.viewer).filter(pk=pk).first()
    if found is None or not may_withdraw(found, request.viewer):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw(pk, why=form.cleaned_data["why"], by=request.viewer, now=request.viewer.now)
        except (SomeoneWasFasterError, NotYourStepError):
            raise
        except RefusedError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Filen är tillbakadragen. Nästa körning använder den inte."))
            return redirect("delivery", pk)
    context = {"delivery": found, "form": form}
    return render(request, "delivery/withdraw.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@behind("deliveries")
def refused(request: ViewerRequest, pk: int) -> HttpResponse:
    """Every line that was not taken, as a file for the one who delivered it."""
    lines = refused_lines(pk, by=request.viewer, now=request.viewer.now)
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rader-som-inte-togs-emot-{pk}.csv"'
    return answer
