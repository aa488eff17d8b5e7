"""What a reviewer asks the log for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.units import Period
from tillit.web import words


class LogForm(forms.Form):
    """A filter, with the purpose: reading the log is logged too."""

    matter = forms.CharField(label=_("Ärendets nummer"), required=False, max_length=40)
    person = forms.CharField(label=_("Användarnamn"), required=False, max_length=150)
    kind = forms.ChoiceField(label=_("Vad"), required=False, choices=[("", _("Allt")), *words.KIND.items()])
    first = forms.DateField(label=_("Från"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Till"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    purpose = forms.CharField(label=_("Varför läser du?"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Both days of a period, in their order."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            raise forms.ValidationError(_("Den sista dagen ligger före den första."))
        return found

    def period(self) -> Period | None:
        """The days asked for, where both are given."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        return Period(first, last) if first and last else None


class ReviewForm(forms.Form):
    """What a manager says of a line that was drawn."""

    answer = forms.ChoiceField(
        choices=[("right", _("Behövdes i arbetet")), ("asked", _("Jag har frågat")), ("wrong", _("Behövdes inte"))]
    )
    remark = forms.CharField(max_length=500, required=False)
