"""The page behind the link of a stand: a board that is not connected takes its position, without an account."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tillit.errors import RefusedError
from tillit.web.actions.form_link import NoSuchLinkError
from tillit.web.actions.stand_link import answer_by_link, stand_link_of
from tillit.web.forms.stand import StandForm
from tillit.web.rules.content import catalogue
from tillit.web.views.errors import sentence
from tillit.web.views.request import now


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stand(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail said, the answer, and its receipt. A link that does not hold is no page."""
    try:
        answer = _stand(request, token)
    except NoSuchLinkError:
        raise Http404 from None
    # The address is a key, and told to no other site. With no-referrer a browser would send the form as from
    # nowhere, which Django refuses.
    answer["Cache-Control"], answer["Referrer-Policy"] = "no-store", "same-origin"
    return answer


def _stand(request: HttpRequest, token: str) -> HttpResponse:
    link = stand_link_of(token, now=now())
    sent: Any = request.POST if request.method == "POST" else None
    form = StandForm(sent, process=catalogue().processes["stand"], known=link.matter.fields)
    context: dict[str, Any] = {"board": link.matter.board, "told": link.matter.fields, "form": form, "token": token}
    if sent is not None and form.is_valid():
        try:
            receipt = answer_by_link(link, form.cleaned_data["answer"], given=form.given(), now=now())
        except NoSuchLinkError:
            raise
        except RefusedError as error:
            context["why"] = sentence(error)
        else:
            return render(request, "outside/stand_receipt.html", {"board": link.matter.board, "receipt": receipt})
    return render(request, "outside/stand.html", context, status=200 if sent is None else 422)
