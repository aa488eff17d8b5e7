"""Who may be told what: the table of provisions, asked before anyone writes a secrecy test."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.forms.disclosure import DisclosureForm
from tillit.web.queries.authority_contact import reach
from tillit.web.queries.disclosure import provisions, recipients, subjects
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("disclosures")
def disclosure_table(request: ViewerRequest) -> HttpResponse:
    """The provisions for a recipient and a kind of information, today."""
    asked = bool(request.GET.get("to") or request.GET.get("about"))
    form = DisclosureForm(request.GET if asked else None, recipients=recipients(), subjects=subjects())
    rows, to, reached = None, None, None
    if asked and form.is_valid():
        to = recipients()[form.cleaned_data["to"]]
        reached = reach(form.cleaned_data["to"])
        rows = provisions(form.cleaned_data["to"], form.cleaned_data["about"], request.viewer.day)
    return render(request, "disclosure/table.html", {"form": form, "rows": rows, "to": to, "reached": reached})
