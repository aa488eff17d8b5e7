"""The forms that let a provider's own system in: for someone of the provider, and for the access administrator."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.models import Board, User


class OwnSystemForm(forms.Form):
    """Which system, until when, and for which provider where someone is of several."""

    called = forms.CharField(
        label=_("Vad heter systemet?"), max_length=100, help_text=_("Till exempel Tidsystemet. Det syns i loggen.")
    )
    until = forms.DateField(
        label=_("Sista dag"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Högst ett år fram.")
    )
    portal = forms.TypedChoiceField(label=_("Anordnare"), coerce=int)

    def __init__(self, data: Any = None, *, providers: Mapping[int, str]) -> None:
        super().__init__(data)
        self.fields["portal"].choices = list(providers.items())  # type: ignore[attr-defined]
        if len(providers) == 1:
            self.fields["portal"].widget = forms.HiddenInput()
            self.initial["portal"] = next(iter(providers))


class OrderedSystemForm(forms.Form):
    """Which system of which provider, at which board, until when, and which manager has ordered it."""

    board = forms.ModelChoiceField(Board.objects.none(), label=_("Nämnd"))
    provider_number = forms.CharField(label=_("Anordnarens organisationsnummer"), max_length=20)
    called = forms.CharField(label=_("Vad heter systemet?"), max_length=100)
    until = forms.DateField(label=_("Sista dag"), widget=forms.DateInput(attrs={"type": "date"}))
    ordered_by = forms.ModelChoiceField(User.objects.none(), label=_("Chef som har beställt det"))

    def __init__(self, boards: Any, people: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="system-%s")
        for name, found in {"board": boards, "ordered_by": people}.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def number(self) -> str:
        """The provider's number, without what it is written with."""
        return "".join(one for one in self.cleaned_data["provider_number"] if one.isalnum())
