"""The form of a board that is not connected: what it answers, the controls that fit the reasons, and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import Process
from tillit.web.forms.step import field
from tillit.web.rules.content import codes
from tillit.web.rules.stand_link import ANSWERS
from tillit.web.words import word


class StandForm(forms.Form):
    """One of the three answers, with what each of them asks for."""

    tells_optional = False  # what is needed follows from the answer, which the form does not know beforehand

    answer = forms.ChoiceField(label=_("Vad svarar nämnden?"), widget=forms.RadioSelect)

    def __init__(self, sent: Any = None, *, process: Process, known: Mapping[str, Any]) -> None:
        super().__init__(sent, auto_id="stand-%s")
        self._process = process
        answer, reasons = self.fields["answer"], set(known.get("reasons", []))
        assert isinstance(answer, forms.ChoiceField)
        answer.choices = [(name, word(process.steps[name])) for name in ANSWERS]
        for name in ("controls", "stand_reason"):
            self.fields[name] = field(process.fields[name], required=False)
        controls = self.fields["controls"]
        assert isinstance(controls, forms.MultipleChoiceField)
        known_codes = codes("deeper_controls").items()
        fits = [name for name, one in known_codes if not one.goes_with or reasons & {*one.goes_with}]
        controls.choices = [(name, word(codes("deeper_controls")[name])) for name in fits]
        self.fields["stand_reason"].help_text = _(
            "Behövs när nämnden inte gör fördjupade kontroller. Skriv inget om enskilda."
        )
        controls.help_text = _("Bara om nämnden gör fördjupade kontroller.")

    def given(self) -> dict[str, Any]:
        """What the chosen answer asks for or may be given, and nothing else."""
        step = self._process.steps[self.cleaned_data["answer"]]
        wanted = {*step.asks, *step.may_give}
        return {name: one for name, one in self.cleaned_data.items() if name in wanted and one not in (None, "", [])}
