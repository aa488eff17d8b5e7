"""Notes and contacts on the page of a matter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tillit.web.actions.note import write_contact, write_note
from tillit.web.forms.matter import ContactForm, NoteForm
from tillit.web.templatetags.content import address
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest


@require_POST
def note(request: ViewerRequest, number: str) -> HttpResponse:
    """Writes a note."""
    matter = found(request, number)
    form = NoteForm(request.POST)
    if form.is_valid():
        write_note(matter, by=request.viewer, now=request.viewer.now, text=form.cleaned_data["text"])
    else:
        messages.error(request, _("Anteckningen är tom eller för lång. Inget är sparat."))
    return redirect(address(matter) + "#anteckningar")


@require_POST
def contact(request: ViewerRequest, number: str) -> HttpResponse:
    """Writes down a contact."""
    matter = found(request, number)
    form = ContactForm(request.POST)
    if form.is_valid():
        write_contact(matter, by=request.viewer, now=request.viewer.now, **form.cleaned_data)
    else:
        messages.error(request, _("Fyll i vem kontakten var med, hur, när och vad som sades. Inget är sparat."))
    return redirect(address(matter) + "#anteckningar")
