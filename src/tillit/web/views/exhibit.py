"""Evidence of a matter: adding a piece, fetching its file, withdrawing it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.exhibit import add_exhibit, file_of, withdraw_exhibit
from tillit.web.actions.refusal import TurnedAwayError
from tillit.web.forms.exhibit import ExhibitForm, WithdrawForm
from tillit.web.queries.exhibit import exhibit, exhibits, ways
from tillit.web.templatetags.content import address
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest, as_file


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ViewerRequest, number: str) -> HttpResponse:
    """Adds a piece of evidence."""
    matter = found(request, number)
    others = [(one.number, _("Handling %(number)d: %(title)s") % vars(one)) for one in exhibits(matter)]
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ExhibitForm(*sent, ways=ways(request.viewer), others=others)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file, adds_to = given.pop("file"), given.pop("adds_to")
        more = {"name": file.name, "chunks": file.chunks()} if file else {}
        if adds_to:
            more["adds_to"] = exhibit(matter, int(adds_to))
        try:
            made = add_exhibit(matter, by=request.viewer, now=request.viewer.now, **given, **more)
        except TurnedAwayError:
            raise
        except RefusedError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Handling %(number)d är tillagd.") % {"number": made.number})
            return redirect(address(matter) + "#underlag")
    status = 422 if request.method == "POST" else 200
    return render(
        request, "exhibit/add.html", {"matter": matter, "form": form, "ways": ways(request.viewer)}, status=status
    )


@require_safe
def file(request: ViewerRequest, number: str, exhibit: int) -> HttpResponse:
    """The file of a piece of evidence, to save; never shown in the browser."""
    name, content = file_of(found(request, number), exhibit, by=request.viewer, now=request.viewer.now)
    return as_file(name, content)


@require_POST
def withdraw(request: ViewerRequest, number: str, exhibit: int) -> HttpResponse:
    """Withdraws a piece of evidence, with the reason."""
    matter = found(request, number)
    one = next((one for one in exhibits(matter) if one.number == exhibit), None)
    if one is None:
        raise Http404
    form = WithdrawForm(request.POST)
    if form.is_valid():
        withdraw_exhibit(one, by=request.viewer, now=request.viewer.now, reason=form.cleaned_data["reason"])
        messages.success(request, _("Handling %(number)d är tillbakadragen.") % {"number": exhibit})
    else:
        messages.error(request, _("Skriv varför handlingen inte längre gäller. Inget är ändrat."))
    return redirect(address(matter) + "#underlag")
