"""Forms on the page of a matter beside its steps: notes, contacts, who works on it, bias, access."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.rules.fields import LONGEST
from tillit.web.rules.note import CHANNELS, CONTACTS


class NoteForm(forms.Form):
    """A note."""

    text = forms.CharField(
        label=_("Anteckning"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST["long_text"]
    )


class ContactForm(forms.Form):
    """A contact with someone whom the matter concerns, by role and never by name."""

    contact_with = forms.ChoiceField(label=_("Med vem?"), choices=list(CONTACTS.items()))
    channel = forms.ChoiceField(label=_("Hur?"), choices=list(CHANNELS.items()))
    happened_at = forms.DateTimeField(
        label=_("När?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    text = forms.CharField(
        label=_("Vad sades?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST["long_text"]
    )


class AssignForm(forms.Form):
    """Who is to work on a matter."""

    to = forms.ChoiceField(label=_("Ge ärendet till"))
    why = forms.CharField(label=_("Varför?"), max_length=300, required=False)

    def __init__(self, sent: Any = None, *, people: list[Any]) -> None:
        super().__init__(sent)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(person.pk), person.name) for person in people]


class DeclineForm(forms.Form):
    """Why a proposed step is declined."""

    why = forms.CharField(label=_("Varför inte?"), max_length=500)


class AccessForm(forms.Form):
    """Access in an emergency, with reason and an end (IS2)."""

    number = forms.CharField(label=_("Ärendets nummer"), max_length=40)
    why = forms.CharField(
        label=_("Varför behöver du se ärendet nu?"),
        help_text=_("Din chef får veta att du har öppnat ärendet och läser det du skriver här."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )
    hours = forms.TypedChoiceField(
        label=_("Hur länge?"),
        choices=[(2, _("2 timmar")), (8, _("8 timmar")), (24, _("Ett dygn"))],
        coerce=int,
        widget=forms.RadioSelect,
        initial=2,
    )
