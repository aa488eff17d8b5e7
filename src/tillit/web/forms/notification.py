"""The decision aid as a form: its questions, each answered with yes, no or unsure, and who is to be notified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import Duty
from tillit.units import Period
from tillit.web.queries.disclosure import recipients
from tillit.web.words import word

REPLIES = [("yes", _("Ja")), ("no", _("Nej")), ("unsure", _("Vet inte"))]


class AidForm(forms.Form):
    """The questions of a duty. Only those on the way to the end need an answer, which the action sees to."""

    tells_optional = False

    def __init__(self, sent: Any = None, *, duty: Duty, boards: list[tuple[str, str]]) -> None:
        super().__init__(sent)
        self.duty = duty
        for name, question in duty.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=word(question),
                help_text=question.about,
                choices=REPLIES,
                widget=forms.RadioSelect,
                required=False,
            )
        if len(duty.recipients) > 1:
            known = recipients()
            choices = [("", _("Välj")), *((code, word(known[code])) for code in duty.recipients)]
            self.fields["authority"] = forms.ChoiceField(
                label=_("Vem har beslutat om ersättningen?"), choices=choices, required=False
            )
        if len(boards) > 1:
            self.fields["board"] = forms.ChoiceField(label=_("Vilken nämnd gäller det?"), choices=boards)

    def replies(self) -> dict[str, str]:
        """The questions that were answered."""
        return {name: self.cleaned_data[name] for name in self.duty.questions if self.cleaned_data.get(name)}


class PeriodForm(forms.Form):
    """The days that are counted."""

    first = forms.DateField(label=_("Från"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Till"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("first") and found.get("last") and found["last"] < found["first"]:
            raise forms.ValidationError(_("Den sista dagen ligger före den första."))
        return found

    def period(self) -> Period:
        """Both days included."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
