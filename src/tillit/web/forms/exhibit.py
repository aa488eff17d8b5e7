"""The form for a piece of evidence, and for withdrawing one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import Way
from tillit.web.rules.fields import LONGEST
from tillit.web.words import word


class ExhibitForm(forms.Form):
    """What it is, whose, of which day, and how it came here."""

    file = forms.FileField(label=_("Fil"), required=False, help_text=_("Högst 25 MB. Utan makron."))
    title = forms.CharField(label=_("Vad är det?"), max_length=LONGEST["text"])
    origin = forms.CharField(label=_("Varifrån kommer det, och vem har gjort det?"), max_length=LONGEST["text"])
    dated_on = forms.DateField(
        label=_("Vilken dag är det från?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    way = forms.ChoiceField(label=_("Hur kom det hit, och med vilket lagstöd?"))
    remark = forms.CharField(
        label=_("Vad visar det, eller vad säger det om det inte är en fil?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST["long_text"],
        required=False,
    )
    adds_to = forms.ChoiceField(label=_("Rättar eller kompletterar det en annan handling?"), required=False)

    def __init__(
        self, sent: Any = None, files: Any = None, *, ways: Mapping[str, Way], others: list[tuple[int, str]]
    ) -> None:
        super().__init__(sent, files)
        way, adds_to = self.fields["way"], self.fields["adds_to"]
        assert isinstance(way, forms.ChoiceField)
        assert isinstance(adds_to, forms.ChoiceField)
        way.choices = [("", _("Välj")), *((code, word(one)) for code, one in ways.items())]
        adds_to.choices = [("", _("Nej")), *((str(number), title) for number, title in others)]


class WithdrawForm(forms.Form):
    """Why a piece of evidence is no longer relied on."""

    reason = forms.CharField(label=_("Varför gäller handlingen inte längre?"), max_length=500)
