"""The form of a step, made from the process file: each field by its type, with what is already known filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tillit.catalogue import DocumentField, Process, ProcessField
from tillit.web.rules.attention import NOT_MADE
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import LONGEST
from tillit.web.rules.measure import offered
from tillit.web.words import about, choices, word

FEW = 6
"""So many choices are shown at once; more are a list to open."""


class StepForm(forms.Form):
    """A step's fields, and the version of the matter that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it: no empty values, no version."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and value not in (None, "", [])
        }


def step_form(process: Process, name: str, *, version: int, known: Mapping[str, Any]) -> StepForm:
    """An empty form of a step, with the values that the matter already has."""
    step = process.steps[name]
    form = _with_fields(StepForm(initial={"version": version, **_initial(process, known)}, prefix=name), process, step)
    for one in (*step.asks, *step.may_give):
        shown = form.fields[one]
        if process.fields[one].offered_in and isinstance(shown, forms.ChoiceField):
            said = choices(process.fields[one])
            shown.choices = [(code, said[code]) for code in offered(catalogue(), process.fields[one], known)]
    return form


def filled_form(process: Process, name: str, sent: Mapping[str, Any]) -> StepForm:
    """A step's form as it was sent."""
    return _with_fields(StepForm(sent, prefix=name), process, process.steps[name])


def fields_form(process: Process, asks: Iterable[str], may_give: Iterable[str], sent: Any = None) -> forms.Form:
    """A form of some fields of a process, in its own order: what is asked when a case is opened."""
    form, wanted = forms.Form(sent), {**dict.fromkeys(may_give, False), **dict.fromkeys(asks, True)}
    for name, known in process.fields.items():
        if name in wanted:
            form.fields[name] = field(known, required=wanted[name])
    return form


def field(known: ProcessField | DocumentField, *, required: bool) -> forms.Field:
    """A form field for a field of a process."""
    said: dict[str, Any] = {"label": word(known), "help_text": about(known), "required": required}
    listed = list(choices(known).items())
    match known.type:
        case "choice":
            few = len(listed) <= FEW
            widget = forms.RadioSelect if few else forms.Select
            empty = [] if few else [("", _("Välj"))]
            return forms.ChoiceField(choices=[*empty, *listed], widget=widget, **said)
        case "choices":
            return forms.MultipleChoiceField(choices=listed, widget=forms.CheckboxSelectMultiple, **said)
        case "long_text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST["long_text"], **said)
        case "date":
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **said)
        case "money":
            return MoneyField(**said)
        case "boolean":
            return forms.BooleanField(**said)
        case _:
            return forms.CharField(max_length=LONGEST[known.type], **said)


class MoneyField(forms.CharField):
    """An amount in kronor, as people write it; kept as whole öre."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**said)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        """Öre, or nothing."""
        text = "".join(str(value or "").replace("kr", "").split()).replace(",", ".").replace("\u2212", "-")
        if not text:
            return None
        whole, _point, part = text.partition(".")
        if not whole.lstrip("-").isdecimal() or not (part or "0").isdecimal() or len(part) > 2 or len(whole) > 15:
            raise forms.ValidationError(_("Skriv ett belopp i kronor, till exempel 12 500 eller 12 500,50."))
        ore = int(whole.lstrip("-")) * 100 + int(part.ljust(2, "0") or 0)
        return -ore if whole.startswith("-") else ore

    def prepare_value(self, value: Any) -> Any:
        """Öre as kronor, for the form."""
        if not isinstance(value, int):
            return value
        return f"{value // 100}" if value % 100 == 0 else f"{value / 100:.2f}".replace(".", ",")


def _with_fields(form: StepForm, process: Process, step: Any) -> StepForm:
    for name, required in [*((one, True) for one in step.asks), *((one, False) for one in step.may_give)]:
        form.fields[name] = field(process.fields[name], required=required)
    return form


def _initial(process: Process, known: Mapping[str, Any]) -> dict[str, Any]:
    # What usually follows of what is known already is proposed; what people chose before stands over it.
    usual = {
        name: field.follows.gives.get(str(known.get(field.follows.field)))
        for name, field in process.fields.items()
        if field.follows
    }
    # A reason is given anew each time: the last one was for another step.
    anew = {"reason", NOT_MADE}
    return usual | {name: value for name, value in known.items() if name in process.fields and name not in anew}
