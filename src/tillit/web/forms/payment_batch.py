"""The form of a payment file: for which board, and on which day it is paid."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.units import add_working_days


class BatchForm(forms.Form):
    """Board and day; the day that is offered is the second working day from now."""

    board = forms.ChoiceField(label=_("Nämnd"))
    pay_on = forms.DateField(label=_("Betaldag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, sent: Any = None, *, boards: list[tuple[str, str]], day: date | None = None) -> None:
        super().__init__(sent, initial={"pay_on": add_working_days(day, 2)} if day else None)
        field = self.fields["board"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = boards
