"""The register of authorities and how they are reached."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.web.actions.authority_contact import write_contact
from tillit.web.actions.refusal import HeldBackError
from tillit.web.forms.authority_contact import AuthorityContactForm
from tillit.web.queries.authority_contact import reach, register
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("contacts")
def contact_list(request: ViewerRequest) -> HttpResponse:
    """Every recipient, and how it is reached."""
    return render(request, "authority_contact/list.html", {"contacts": register()})


@require_http_methods(["GET", "HEAD", "POST"])
@behind("contacts_change")
def change(request: ViewerRequest, code: str) -> HttpResponse:
    """One recipient is written anew."""
    found = reach(code)
    if found is None:
        raise Http404
    known = {name: getattr(found.ours, name, "") for name in ("function", "mailbox", "phone", "agreed")}
    form = AuthorityContactForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            write_contact(code, **form.cleaned_data, by=request.viewer, now=request.viewer.now)
        except HeldBackError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Kontakten är sparad."))
            return redirect("authority_contact_list")
    context = {"one": found, "form": form}
    return render(request, "authority_contact/change.html", context, status=422 if form.errors else 200)
