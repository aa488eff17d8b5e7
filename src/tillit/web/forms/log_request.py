"""The form with which an auditor asks for lines of the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.models import User


class LogRequestForm(forms.Form):
    """Whose or which lines, and why."""

    matter = forms.CharField(label=_("Ärendets nummer"), max_length=40, required=False)
    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"), required=False, empty_label=_("Alla"))
    first = forms.DateField(label=_("Från"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Till"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label=_("Vad gäller granskningen?"), max_length=300)

    def __init__(self, people: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="request-%s")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both days of a period, in their order."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("first"), found.get("last")
        if bool(first) != bool(last) or (first and last and last < first):
            raise forms.ValidationError(_("En period har en första och en sista dag, i den ordningen."))
        return found
