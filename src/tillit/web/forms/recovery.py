"""The months of a claim, a row each, and money that has come back."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.errors import RefusedError
from tillit.units import parse_hours
from tillit.web.actions.recovery import MonthGiven
from tillit.web.forms.step import MoneyField

EMPTY = 3
"""So many empty rows stand after those that are filled."""


class HoursField(forms.CharField):
    """Hours and minutes as people write them, kept as whole minutes."""

    def to_python(self, value: Any) -> Any:
        """Minutes, or nothing."""
        if not str(value or "").strip():
            return None
        clock = re.fullmatch(r"(\d{1,4}):([0-5]\d)", str(value).strip())
        try:
            return int(clock[1]) * 60 + int(clock[2]) if clock else parse_hours(str(value))
        except RefusedError:
            raise forms.ValidationError(_("Skriv timmar och minuter, till exempel 37:30.")) from None

    def prepare_value(self, value: Any) -> Any:
        """Minutes as hours, for the form."""
        return f"{value // 60}:{value % 60:02}" if isinstance(value, int) else value


class MonthForm(forms.Form):
    """One month: what was paid and what was right. An empty row is left out."""

    tells_optional = False

    month = forms.DateField(
        label=_("Månad"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    paid_on = forms.DateField(
        label=_("Betalades"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, hours: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        made = HoursField if hours else MoneyField
        self.fields["paid"] = made(label=_("Utbetalt"), required=False)
        self.fields["right"] = made(label=_("Rätt"), required=False)

    def clean(self) -> dict[str, Any]:
        """All of a row, or nothing of it."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        filled = [found.get(name) is not None for name in ("month", "paid_on", "paid", "right")]
        if any(filled) and not all(filled) and not self.errors:
            raise forms.ValidationError(_("Fyll i hela raden, eller töm den."))
        return found

    def given(self) -> MonthGiven | None:
        """The month; nothing where the row is empty."""
        month: date | None = self.cleaned_data.get("month")
        if month is None:
            return None
        return MonthGiven(month, self.cleaned_data["paid_on"], self.cleaned_data["paid"], self.cleaned_data["right"])


def month_forms(sent: Any, *, hours: bool, known: list[MonthGiven]) -> list[MonthForm]:
    """The rows, filled with what is known; as they were sent where they were."""
    number = len(known) + EMPTY if sent is None else min(int(sent.get("rows", 0) or 0), 240)
    rows = []
    for place in range(number):
        initial = known[place].__dict__ if place < len(known) else None
        rows.append(MonthForm(sent, prefix=f"m{place}", hours=hours, initial=initial, auto_id="id_%s"))
    return rows


class RepaymentForm(forms.Form):
    """Money that has come back."""

    paid_on = forms.DateField(label=_("Betalades"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ore = MoneyField(label=_("Belopp"))
    kind = forms.ChoiceField(
        label=_("Hur?"),
        choices=[
            ("payment", _("Inbetalning")),
            ("set_off", _("Avräknat mot en faktura")),
            ("correction", _("Rättelse av en felaktig rad, med minus")),
        ],
        widget=forms.RadioSelect,
        initial="payment",
    )
