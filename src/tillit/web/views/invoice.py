"""Invoices: the list, what is due first, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.actions.read import read_list
from tillit.web.queries.course import process_named, waits_for
from tillit.web.queries.invoice import listed, my_turn, rows_of
from tillit.web.queries.provider import names
from tillit.web.queries.signal import watched
from tillit.web.views.matter import matter_page
from tillit.web.views.pages import Counted
from tillit.web.views.request import ViewerRequest, behind

PAGE = 50


@require_safe
@behind("invoices")
def invoice_list(request: ViewerRequest) -> HttpResponse:
    """The invoices, what is to be paid first."""
    chosen = {name: request.GET.get(name, "")[:100] for name in ("state", "text")}
    found = Counted(listed(request.viewer, **chosen), PAGE, shown=lambda keys: rows_of(keys, request.viewer))
    page = found.get_page(request.GET.get("page"))
    invoices = list(page)
    read_list("invoices", by=request.viewer, now=request.viewer.now, shown=len(invoices))
    numbers = {one.provider_number for one in invoices if getattr(one, "whole", False)}
    context = {
        "chosen": chosen,
        "page": page,
        "rows": [(one, my_turn(one, request.viewer), waits_for(one)) for one in invoices],
        "names": names(numbers),
        "watched": watched(numbers, request.viewer),
        "states": process_named("invoice").states.items(),
    }
    return render(request, "invoice/list.html", context)


@require_safe
@behind("invoices")
def invoice(request: ViewerRequest, number: str) -> HttpResponse:
    """The page of an invoice."""
    return matter_page(request, number, wanted="invoice")
