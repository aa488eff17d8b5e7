"""The form with which everything held about a person is searched."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.models import Board


class SubjectRequestForm(forms.Form):
    """Whom it is about, at which board, its number in the register, and why."""

    number = forms.CharField(
        label=_("Person- eller samordningsnummer"), max_length=20, help_text=_("Sparas inte."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    board = forms.ModelChoiceField(Board.objects.none(), label=_("Nämnd"))
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40)
    purpose = forms.CharField(label=_("Varför görs sökningen?"), max_length=300)

    def __init__(self, boards: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="subject-%s")
        self.fields["board"].queryset = boards  # type: ignore[attr-defined]
