"""A payment file: its page, and the files themselves once they are attested."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.payment_batch import fetch_file
from tillit.web.views.matter import matter_page
from tillit.web.views.request import ViewerRequest, as_file, behind


@require_safe
@behind("settlements")
def payment_batch(request: ViewerRequest, number: str) -> HttpResponse:
    """The page of a payment file."""
    return matter_page(request, number, wanted="payment_batch")


@require_POST
@behind("pay")
def file(request: ViewerRequest, number: str, kind: str) -> HttpResponse:
    """The file to the bank or to the ledger. It is asked for by POST, for that it has left is kept."""
    found = fetch_file(number, kind, by=request.viewer, now=request.viewer.now)
    return as_file(found.name, found.content)
