"""The forms of the portal: a row of time, a week to copy, who approves for whom, what is corrected."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tillit.web.rules.content import codes
from tillit.web.rules.reported_time import Written
from tillit.web.rules.time_report import last_day
from tillit.web.words import word

WHICH = [("", _("Välj")), ("0", _("Före (sommartid)")), ("1", _("Efter (vintertid)"))]


class RowForm(forms.Form):
    """A time: a day of the month, from and to, what it was and where. Which hour is asked only where it comes twice."""

    day = forms.TypedChoiceField(label=_("Dag"), coerce=date.fromisoformat)
    start = forms.CharField(label=_("Från"), max_length=5, widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.CharField(label=_("Till"), max_length=5, widget=forms.TimeInput(attrs={"type": "time"}))
    repeat = forms.ChoiceField(
        label=_("Upprepa"),
        required=False,
        choices=[
            ("", _("Nej, bara den dagen")),
            ("weekdays", _("Varje dag till fredagen")),
            ("week", _("Varje dag till söndagen")),
        ],
    )
    kind = forms.ChoiceField(label=_("Vad"))
    place = forms.ChoiceField(label=_("Var"), required=False)
    comment = forms.CharField(label=_("Kommentar, inga namn eller nummer"), max_length=200, required=False)
    start_fold = forms.ChoiceField(
        label=_("Från: före eller efter klockan ställdes om?"), choices=WHICH, required=False
    )
    end_fold = forms.ChoiceField(label=_("Till: före eller efter klockan ställdes om?"), choices=WHICH, required=False)

    def __init__(self, data: Any = None, *, month: date, asks: Sequence[str] = (), initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        days = [month + timedelta(days=number) for number in range((last_day(month) - month).days + 1)]
        shown = [(one.isoformat(), date_format(one, "D j M")) for one in days]
        self.fields["day"].choices = shown  # type: ignore[attr-defined]
        self.fields["kind"].choices = _choices("report_kinds")  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("Välj inte")), *_choices("report_places")]  # type: ignore[attr-defined]
        for name in ("start", "end"):
            if name not in asks:
                self.fields[f"{name}_fold"].widget = forms.HiddenInput()

    def written(self) -> Written:
        """What was written."""
        given = self.cleaned_data
        first, last = (int(given[name]) if given[name] else None for name in ("start_fold", "end_fold"))
        same = {name: given[name] for name in ("day", "start", "end", "kind", "place", "comment")}
        return Written(**same, start_fold=first, end_fold=last)

    def also_on(self) -> list[date]:
        """The other days on which the same time was worked: those that are left of its week, within the month."""
        day, until = self.cleaned_data["day"], {"weekdays": 4, "week": 6}.get(self.cleaned_data["repeat"], 0)
        days = [day + timedelta(days=number) for number in range(1, until - day.weekday() + 1)]
        return [one for one in days if one.month == day.month]


class CopyForm(forms.Form):
    """A week to copy, and the week to copy it to: one of them, or all the others of the month."""

    of = forms.TypedChoiceField(label=_("Kopiera"), coerce=date.fromisoformat)
    to = forms.ChoiceField(label=_("till"))

    def __init__(self, data: Any = None, *, weeks: Sequence[tuple[date, date]], fullest: date | None = None) -> None:
        super().__init__(data, initial={"of": fullest})
        self.weeks = [first for first, _last in weeks]
        shown = [
            (first.isoformat(), f"v. {first.isocalendar().week} ({date_format(first, 'j')}–{date_format(last, 'j M')})")
            for first, last in weeks
        ]
        self.fields["of"].choices = shown  # type: ignore[attr-defined]
        self.fields["to"].choices = [("all", _("alla andra veckor i månaden")), *shown]  # type: ignore[attr-defined]

    def other_weeks(self) -> list[date]:
        """A day of each week to copy to."""
        given = self.cleaned_data["to"]
        return self.weeks if given == "all" else [date.fromisoformat(given)]


class ApproveForm(forms.Form):
    """Why someone approves for the client: asked of representatives alone."""

    unable = forms.ChoiceField(label=_("Varför godkänner du i stället för den enskilde?"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["unable"].choices = [("", _("Välj")), *_choices("unable_reasons")]  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """What is corrected, in a few words."""

    why = forms.CharField(label=_("Vad rättas?"), max_length=300)


class FileForm(forms.Form):
    """A file of worked time, and the month it is for."""

    month = forms.ChoiceField(label=_("Månad"))
    file = forms.FileField(
        label=_("Fil"), allow_empty_file=True, help_text=_("Excel eller CSV: mallen, FK 3059 eller besök ur Lifecare.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, months: Mapping[str, str]) -> None:
        super().__init__(data, files)
        self.fields["month"].choices = list(months.items())  # type: ignore[attr-defined]


class AssistantForm(forms.Form):
    """An assistant to add to the month."""

    worker = forms.ChoiceField(label=_("Assistent"))

    def __init__(self, data: Any = None, *, people: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["worker"].choices = list(people.items())  # type: ignore[attr-defined]


def _choices(list_of: str) -> list[tuple[str, Any]]:
    return [(code, word(one)) for code, one in codes(list_of).items()]
