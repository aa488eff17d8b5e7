"""Who works on a matter: given, laid down, or taken in an emergency."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.errors import RefusedError
from tillit.web.actions.assignment import assign, release, take_in_emergency
from tillit.web.forms.matter import AccessForm, AssignForm
from tillit.web.queries.assignment import can_be_given
from tillit.web.queries.course import workers
from tillit.web.queries.matter import matter_known_to
from tillit.web.templatetags.content import address
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest

if TYPE_CHECKING:
    from tillit.web.models import Matter


@require_POST
def give(request: ViewerRequest, number: str) -> HttpResponse:
    """Gives a matter to someone. A manager may do so who sees its status alone."""
    matter = _visible(request, number)
    people = can_be_given(matter, request.viewer)
    form = AssignForm(request.POST, people=people)
    if not form.is_valid():
        messages.error(request, _("Välj vem som ska ha ärendet."))
        return redirect(address(matter))
    person = next(one for one in people if str(one.pk) == form.cleaned_data["to"])
    assign(matter, person, by=request.viewer, now=request.viewer.now, why=form.cleaned_data["why"])
    messages.success(request, _("%(name)s har nu ärendet.") % {"name": person.name})
    return redirect(address(matter))


@require_POST
def lay_down(request: ViewerRequest, number: str, user: int) -> HttpResponse:
    """Takes a matter back from someone, or lays down one's own."""
    matter = _visible(request, number)
    held = next((one for one in workers(matter, request.viewer) if one.user_id == user), None)
    if held is None:
        raise Http404
    release(matter, held.user, by=request.viewer, now=request.viewer.now)
    return redirect("today" if user == request.viewer.user.pk else address(matter))


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: ViewerRequest) -> HttpResponse:
    """Access to a case that nobody had the time to give."""
    sent = request.POST if request.method == "POST" else None
    form = AccessForm(sent, initial={"number": request.GET.get("number", "")})
    if sent is not None and form.is_valid():
        until = request.viewer.now + timedelta(hours=form.cleaned_data["hours"])
        given = form.cleaned_data
        try:
            taken = take_in_emergency(
                given["number"].strip(), by=request.viewer, now=request.viewer.now, why=given["why"], until=until
            )
        except RefusedError as error:
            # The same words whether it is someone else's or does not exist.
            form.add_error(None, sentence(error))
        else:
            messages.warning(request, _("Du har tillfällig åtkomst. Din chef har fått veta det."))
            return redirect(address(taken.matter))
    return render(request, "matter/access.html", {"form": form}, status=422 if sent is not None else 200)


def _visible(request: ViewerRequest, number: str) -> "Matter":
    matter = matter_known_to(number, request.viewer)
    if matter is None:
        raise Http404
    return matter
