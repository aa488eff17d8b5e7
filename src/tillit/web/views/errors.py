"""When something cannot be shown or done: a sentence that helps, and nothing that tells what else there is."""

import logging
import secrets
import sys
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.errors import RefusedError
from tillit.web.actions.once import AlreadySavedError
from tillit.web.actions.refusal import NotForYouError, NotYourStepError, SomeoneWasFasterError
from tillit.web.actions.step import WrongStepError

log = logging.getLogger("tillit.web")

HIDDEN = {"csrfmiddlewaretoken", "version", "password", "login", "next", "finding", "query"}
"""Fields of a form that are no text of the reader's own."""

ENDED = gettext_lazy("Det gick en timme utan att du gjorde något, så vi loggade ut dig. Inget är sparat.")

SHORT = 12


def told(
    request: HttpRequest, *, status: int, title: str, what: str, fix: str = "", back: str = "", give_back: bool = False
) -> HttpResponse:
    """A page with one fault on it; with `give_back` also what the reader had written, which is nowhere else."""
    context = {
        "title": title,
        "what": what,
        "fix": fix,
        "back": back,
        "written": _written(request) if give_back else [],
    }
    response = render(request, "errors/error.html", context, status=status)
    # A part of a page cannot hold an error page: the browser loads the whole instead.
    if request.headers.get("HX-Request"):
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def sentence(error: RefusedError) -> str:
    """What is wrong and what to do about it, in the reader's language."""
    return ": ".join(_(part) for part in (error.what, error.fix) if part) + "."


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """It is not there, or not there for this reader: both are told alike."""
    return told(
        request,
        status=404,
        title=_("Sidan finns inte"),
        what=_("Det finns ingen sida här som du kan se."),
        fix=_("Kontrollera adressen, eller gå till ditt arbete. Behöver du se något som du inte ser? Fråga din chef."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something that no page of ours sends."""
    return told(
        request,
        status=400,
        title=_("Vi förstod inte"),
        what=_("Webbläsaren skickade något som vi inte förstår."),
        fix=_("Gå tillbaka, läs in sidan igen och försök en gång till."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault: logged with a reference that the reader can give. Without the database, which may be what is gone."""
    reference = secrets.token_hex(4)
    log.exception("reference %s: %s %s", reference, request.method, request.path)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _no_database(reference)
    what = _("Något gick fel hos oss. Inget av det du gjorde är sparat.")
    fix = _("Försök igen om en stund. Fortsätter det, säg till den som sköter systemet och ge referensen.")
    told = {"title": _("Något gick fel"), "what": what, "fix": fix, "reference": reference}
    return HttpResponse(render_to_string("errors/plain.html", told), status=500)


def _no_database(reference: str) -> HttpResponse:
    told = {
        "title": _("Tillit svarar inte just nu"),
        "what": _("Databasen går inte att nå. Inget av det du nyss gjorde är sparat, och inget annat har ändrats."),
        "fix": _(
            "Vänta några minuter och försök igen. Har du skrivit något: gå tillbaka i webbläsaren och kopiera texten"
            " först. Fortsätter det, säg till den som sköter systemet och ge referensen."
        ),
        "reference": reference,
    }
    answer = HttpResponse(render_to_string("errors/plain.html", told), status=503)
    answer["Retry-After"] = "120"
    return answer


@login_not_required
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our pages, or from one that has lain open too long."""
    return told(
        request,
        status=403,
        title=_("Formuläret gick inte att ta emot"),
        what=_("Sidan har varit öppen för länge, eller så tillåter webbläsaren inte kakor."),
        fix=_("Gå tillbaka, läs in sidan igen och skicka formuläret på nytt. Inget har ändrats."),
        give_back=True,
    )


def too_large(request: HttpRequest, *, limit: int) -> HttpResponse:
    """More than is read at once. Sent without a frame: nothing of the request has been read."""
    what = _("Filen är för stor. Den största som tas emot är %(limit)d MB.") % {"limit": limit // 2**20}
    fix = _("Dela den, till exempel en fil för varje månad, och skicka delarna var för sig. Inget har ändrats.")
    page = render_to_string("errors/plain.html", {"title": _("Filen är för stor"), "what": what, "fix": fix})
    return HttpResponse(page, status=413)


def logged_out(request: HttpRequest) -> HttpResponse:
    """The session has ended while someone wrote: what was written is given back."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Refresh"] = "true"
        return response
    came_from = urlsplit(_came_from(request)).path
    return render(
        request,
        "errors/logged_out.html",
        {"written": _written(request), "came_from": came_from, "ended": ENDED},
        status=401,
    )


def refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    """A refusal that no form could show."""
    if isinstance(error, NotForYouError):
        return not_found(request)
    if isinstance(error, SomeoneWasFasterError | WrongStepError):
        return told(
            request,
            status=409,
            title=_("Någon annan ändrade nyss"),
            what=_("Det du såg har ändrats sedan du öppnade sidan, kanske av dig i en annan flik. Inget är sparat."),
            fix=_("Läs in sidan igen, se vad som har hänt och gör om det som fortfarande behövs."),
            back=_came_from(request),
            give_back=True,
        )
    if isinstance(error, AlreadySavedError):
        return told(request, status=409, title=_("Redan sparat"), what=sentence(error))
    fix = _(error.fix) if error.fix else ""
    # 403 only where the reader sees the thing already: it tells nothing new.
    status = 403 if isinstance(error, NotYourStepError) else 422
    return told(request, status=status, title=_("Det går inte just nu"), what=_(error.what), fix=fix)


def _came_from(request: HttpRequest) -> str:
    address = request.headers.get("Referer", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""


def _written(request: HttpRequest) -> list[str]:
    texts = [text for name, sent in request.POST.lists() if name.rpartition("-")[2] not in HIDDEN for text in sent]
    # Short values are choices and numbers; what is long was written.
    return [text for text in texts if isinstance(text, str) and len(text.strip()) > SHORT]
