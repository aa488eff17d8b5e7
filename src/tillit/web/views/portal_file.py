"""The portal's door for files: a template of the month to fetch, and a file that becomes drafts."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tillit.report.time_sheet import TimeSheet, write_time_sheet
from tillit.web.actions.report_file import bring_file
from tillit.web.forms.portal import FileForm
from tillit.web.queries.provider import names
from tillit.web.queries.report_file import Months, client_names, months_of, people_of
from tillit.web.rules.content import codes
from tillit.web.rules.portal import PROVIDER
from tillit.web.rules.report_file import HEADINGS, WHICH_HOUR, WrongFileError
from tillit.web.rules.time_report import last_day
from tillit.web.views.portal import now_of
from tillit.web.views.request import OutsideRequest, as_file, for_outsiders


@require_http_methods(["GET", "HEAD", "POST"])
@for_outsiders
def file(request: OutsideRequest) -> HttpResponse:
    """A file for one of the months that can be written; where it has faults, all of them and nothing saved."""
    found = months_of(request.outsider)
    if not found and not request.outsider.as_role(PROVIDER):
        raise Http404
    called = names({one.provider for one in found.values()})
    shown = {key: _shown(one, called) for key, one in found.items()}
    if request.method != "POST":
        return _page(request, FileForm(months=shown), shown)
    form = FileForm(request.POST, request.FILES, months=shown)
    if not form.is_valid():
        return _page(request, form, shown, status=422)
    given = form.cleaned_data
    try:
        done = bring_file(given["file"].read(), choice=given["month"], by=request.outsider, now=now_of(request))
    except WrongFileError as error:
        return _page(request, form, shown, wrong=error.lines, status=422)
    said = ngettext("%(new)s tid är sparad som utkast.", "%(new)s tider är sparade som utkast.", done.new)
    messages.success(request, said % {"new": done.new})
    if done.there:
        was = ngettext("%(there)s tid fanns redan.", "%(there)s tider fanns redan.", done.there)
        messages.info(request, was % {"there": done.there})
    return redirect("portal")


@require_safe
@for_outsiders
def template(request: OutsideRequest, key: str) -> HttpResponse:
    """The template of a month, with the provider's own reports and assistants to choose from."""
    month = months_of(request.outsider).get(key)
    if month is None:
        raise Http404
    with TemporaryDirectory(prefix="tillit-template-") as folder:
        path = Path(folder) / "template.xlsx"
        write_time_sheet(_sheet(month), path)
        return as_file(f"tider-{month.month:%Y-%m}.xlsx", path.read_bytes())


def _sheet(month: Months) -> TimeSheet:
    kinds, places = ([one.sv for one in codes(name).values()] for name in ("report_kinds", "report_places"))
    return TimeSheet(
        title=f"Tider {month.month:%Y-%m}",
        headings=HEADINGS,
        first=month.month,
        last=last_day(month.month),
        reports=[f"{number} ({name})" for number, name in sorted(client_names(month).items())],
        workers=[f"{name} ({code})" for code, name in people_of(month).items()],
        kinds=kinds,
        places=places,
        which=[word for word in WHICH_HOUR if word],
        says=[one.sv for name, one in codes("portal_template_texts").items()],
    )


def _shown(month: Months, called: dict[str, str]) -> str:
    return f"{date_format(month.month, 'F Y')}, {called.get(month.provider) or month.provider}, {month.board.name}"


def _page(
    request: OutsideRequest,
    form: FileForm,
    months: dict[str, str],
    *,
    wrong: list[tuple[int, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "months": months, "wrong": wrong or []}
    return render(request, "portal/file.html", context, status=status)
