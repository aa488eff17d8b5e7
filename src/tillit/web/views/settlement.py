"""The settlements of a month: what is to be settled, attested and paid, and the payment file that is made of it."""

import csv
import io
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.payment_batch import make_batch
from tillit.web.actions.read import read_list
from tillit.web.actions.refusal import NotYourStepError, SomeoneWasFasterError
from tillit.web.forms.payment_batch import BatchForm
from tillit.web.queries.access import own_boards
from tillit.web.queries.payment_batch import batches_of
from tillit.web.queries.provider import names
from tillit.web.queries.settlement import Group, month_stands, months_with_some, payable
from tillit.web.queries.time_report import months
from tillit.web.rules.doors import roles_of
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, as_file, behind

HEADINGS = ("Rapport", "Avräkning", "Läge", "Anordnare", "Att ersätta (kr)", "Redan utbetalt (kr)", "Kvar (kr)", "Fil")


@require_safe
@behind("settlements")
def settlement_list(request: ViewerRequest) -> HttpResponse:
    """The month that is chosen; the last one that has ended, where none is."""
    return _page(request, None, request.GET.get("month", ""))


@require_safe
@behind("settlements")
def settlement_file(request: ViewerRequest) -> HttpResponse:
    """The month's settlements as CSV, as the page shows them."""
    month = _month(request, request.GET.get("month", ""))
    groups = month_stands(request.viewer, month)
    shown = sum(len(one.rows) for one in groups)
    read_list("settlements csv", by=request.viewer, now=request.viewer.now, shown=shown)
    return as_file(f"avrakningar-{month:%Y-%m}.csv", _csv(groups))


@require_POST
@behind("pay")
def make(request: ViewerRequest) -> HttpResponse:
    """Makes the payment file of a board and month."""
    boards = list(own_boards(request.viewer, roles_of("pay")))
    form = BatchForm(request.POST, boards=[(one.slug, one.name) for one in boards])
    month = request.POST.get("month", "")
    if not form.is_valid():
        return _page(request, form, month)
    board = next(one for one in boards if one.slug == form.cleaned_data["board"])
    try:
        made = make_batch(
            board=board,
            month=_month(request, month),
            pay_on=form.cleaned_data["pay_on"],
            by=request.viewer,
            now=request.viewer.now,
        )
    except (NotYourStepError, SomeoneWasFasterError):
        raise
    except RefusedError as error:
        form.add_error(None, sentence(error))
        return _page(request, form, month)
    messages.success(request, _("Betalningsfilen är gjord. En annan person attesterar den."))
    return redirect("payment_batch", made.number)


def _page(request: ViewerRequest, form: BatchForm | None, text: str) -> HttpResponse:
    viewer, month = request.viewer, _month(request, text)
    groups = month_stands(viewer, month)
    read_list("settlements", by=viewer, now=viewer.now, shown=sum(len(one.rows) for one in groups))
    boards = list(own_boards(viewer, roles_of("pay")))
    to_pay = [(board, payable(viewer, month, board)) for board in boards]
    ready = [(board, [one for one in found if not one.obstacle]) for board, found in to_pay]
    named = [(board.slug, board.name) for board, found in ready if found]
    offered = months(viewer.day)
    context = {
        "month": month,
        "months": offered,
        "others": [] if groups else [one for one in months_with_some(viewer) if one in offered],
        "groups": groups,
        "names": names({one.report.provider_number for group in groups for one in group.rows}),
        "batches": batches_of(viewer, month),
        "ready": [(board, len(found), sum(one.settlement.difference_ore for one in found)) for board, found in ready],
        "obstacles": [one for _board, found in to_pay for one in found if one.obstacle],
        "form": form or (BatchForm(boards=named, day=viewer.day) if named else None),
    }
    return render(request, "settlement/list.html", context, status=422 if form else 200)


def _month(request: ViewerRequest, text: str) -> date:
    offered = months(request.viewer.day)
    return next((one for one in offered if f"{one:%Y-%m}" == text), offered[0])


def _csv(groups: list[Group]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADINGS)
    for group in groups:
        for one in group.rows:
            told = one.settlement
            sums = (told.due_ore, told.advance_ore, told.difference_ore) if told else ()
            kronor = [f"{ore / 100:.2f}".replace(".", ",") for ore in sums] or ["", "", ""]
            report = one.report
            number = told.number if told else ""
            writer.writerow([report.number, number, report.state, report.provider_number, *kronor, one.batch])
    return ("\ufeff" + text.getvalue()).encode()
