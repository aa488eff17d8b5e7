"""Forms of permits: the answer to one check, a list of answers, and a notice from IVO."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.rules.content import catalogue
from tillit.web.words import choices

_DAY = {"type": "date"}


class AnswerForm(forms.Form):
    """The answer to one check; a row that is left without an answer is not sent."""

    answer = forms.ChoiceField(label=_("Svar"), required=False, widget=forms.Select(attrs={"class": "ds-input"}))
    valid_to = forms.DateField(
        label=_("Gäller till"),
        required=False,
        widget=forms.DateInput(attrs={**_DAY, "class": "ds-input"}, format="%Y-%m-%d"),
    )

    def __init__(self, sent: Any = None, *, number: str) -> None:
        super().__init__(sent, prefix=number)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *_choices("told").items()]


class CameForm(forms.Form):
    """When the answers came, and how: the same for all that are registered at once."""

    answered_on = forms.DateField(label=_("Svaret kom"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    medium = forms.ChoiceField(
        label=_("Hur kom svaret?"), help_text=_("Ett svar per telefon bekräftas sedan av en annan person.")
    )

    def __init__(self, sent: Any = None, **more: Any) -> None:
        super().__init__(sent, prefix="came", **more)
        field = self.fields["medium"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(_choices("medium").items())


class ListForm(forms.Form):
    """A list of answers: pasted, or as a file."""

    medium = forms.ChoiceField(label=_("Hur kom svaret?"))
    text = forms.CharField(
        label=_("Klistra in"),
        required=False,
        max_length=200_000,
        help_text=_(
            "Rubriker: Organisationsnummer, Verksamhet, Enhet, Svar, Svarsdatum, Gäller från, Gäller till, Upphörde."
            " Organisationsnummer och Svar behövs alltid."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(label=_("Eller välj en fil"), required=False, help_text=_("CSV eller XLSX."))

    def __init__(self, sent: Any = None, files: Any = None) -> None:
        super().__init__(sent, files, auto_id="list-%s")
        field = self.fields["medium"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [one for one in _choices("medium").items() if one[0] != "phone"]

    def clean(self) -> dict[str, Any]:
        """One of the two, and not both."""
        given = super().clean() or {}
        if bool(given.get("text")) == bool(given.get("file")):
            raise forms.ValidationError(_("Klistra in en lista eller välj en fil."))
        return given


class NoticeForm(forms.Form):
    """IVO's notice that a permit is revoked or an activity banned."""

    provider = forms.CharField(label=_("Organisationsnummer"), max_length=20)
    service = forms.ChoiceField(label=_("Verksamhet"))
    unit = forms.CharField(
        label=_("Enhet"), required=False, max_length=200, help_text=_("Bara där tillståndet gäller en enhet.")
    )
    kind = forms.ChoiceField(label=_("Vad har IVO beslutat?"), widget=forms.RadioSelect)
    decided_on = forms.DateField(label=_("Beslutet är från"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    applies_from = forms.DateField(label=_("Det gäller från"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    received_on = forms.DateField(label=_("Det kom till oss"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    medium = forms.ChoiceField(label=_("Hur kom det?"))
    board = forms.ChoiceField(label=_("Nämnd"))

    def __init__(
        self, sent: Any = None, *, boards: list[tuple[str, str]], kinds: Mapping[str, str], **more: Any
    ) -> None:
        super().__init__(sent, auto_id="notice-%s", **more)
        listed = {
            "service": list(_choices("service").items()),
            "kind": list(kinds.items()),
            "medium": [one for one in _choices("medium").items() if one[0] in ("mail", "letter")],
            "board": boards,
        }
        for name, known in listed.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = known


def _choices(name: str) -> dict[str, Any]:
    return dict(choices(catalogue().processes["permit_check"].fields[name]))
