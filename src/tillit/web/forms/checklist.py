"""A check list to fill in: three answers a question, with source and comment; and own questions to add."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.actions.checklist import LONGEST, Given
from tillit.web.rules.checklist import Filled

CHOICES = [("yes", _("Ja")), ("no", _("Nej")), ("not_applicable", _("Ej aktuellt"))]


class AnswerForm(forms.Form):
    """The answer to one question. Its prefix is the question's name."""

    reply = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, required=False)
    source = forms.CharField(label=_("Källa"), max_length=LONGEST["source"], required=False)
    comment = forms.CharField(label=_("Kommentar"), max_length=LONGEST["comment"], required=False)


def answer_forms(filled: Filled, sent: Any = None) -> dict[str, AnswerForm]:
    """A form for each question of a run, with what is already answered."""
    return {name: AnswerForm(sent, prefix=name, initial=_before(filled, name)) for name in filled.run.asked}


def given(answers: Mapping[str, AnswerForm]) -> dict[str, Given]:
    """What was answered, of forms that are valid; a question without an answer is left."""
    return {
        name: Given(form.cleaned_data["reply"], form.cleaned_data["source"], form.cleaned_data["comment"])
        for name, form in answers.items()
        if form.cleaned_data["reply"]
    }


def _before(filled: Filled, name: str) -> dict[str, str]:
    one = filled.replies.get(name)
    return {"reply": one.reply, "source": one.source, "comment": one.comment} if one else {}


class QuestionForm(forms.Form):
    """An own question of a board or a unit."""

    place = forms.ChoiceField(label=_("Var ska frågan ställas?"))
    sv = forms.CharField(
        label=_("Frågan"),
        help_text=_("Skriv den så att ja är som det ska vara."),
        max_length=LONGEST["question"],
    )
    source = forms.CharField(label=_("Var finns svaret?"), max_length=LONGEST["question"], required=False)
    if_no = forms.CharField(label=_("Vad händer om svaret är nej?"), max_length=LONGEST["question"])

    def __init__(self, sent: Any = None, *, places: list[tuple[str, str]]) -> None:
        super().__init__(sent)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = places
