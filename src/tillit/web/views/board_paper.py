"""The paper to the board as a file."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tillit.web.actions.board_paper import give_out
from tillit.web.views.request import ViewerRequest, behind

TYPES = {
    "pdf": ("pdf", "application/pdf"),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@require_safe
@behind("cases")
def file(request: ViewerRequest, number: str, kind: str) -> HttpResponse:
    """The paper with its annex, the same bytes each time it is made."""
    if kind not in TYPES:
        raise Http404
    ending, type_ = TYPES[kind]
    made = give_out(number, kind, by=request.viewer, now=request.viewer.now)
    answer = HttpResponse(made, content_type=type_)
    answer["Content-Disposition"] = f'attachment; filename="{number}.{ending}"'
    return answer
