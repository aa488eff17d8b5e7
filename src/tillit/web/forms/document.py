"""What is filled in on a document before it is sent, and to whom it was sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import Document
from tillit.web.forms.step import field

ABOUT = {"recipient", "registry_number", "times"}
"""Fields of the form that no document file names."""


class FillForm(forms.Form):
    """The fields of a document that are asked for. It can be saved half filled: what is missing is said beside it."""

    use_required_attribute = False
    times = forms.IntegerField(widget=forms.HiddenInput)
    recipient = forms.CharField(
        label=_("Mottagare, som den står i brevet"),
        help_text=_("Namn och adress."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40, required=False)

    def __init__(self, document: Document, sent: Any = None, **more: Any) -> None:
        super().__init__(sent, **more)
        for name, one in document.fields.items():
            if one.source[0] == "ask":
                self.fields[f"field_{name}"] = field(one, required=one.required)
        if not document.leaves_zone:
            del self.fields["recipient"]

    def _clean_fields(self) -> None:
        # Required is what must be there when it is sent; until then a field may be left for later.
        asked = [one for name, one in self.fields.items() if one.required and name != "times"]
        for one in asked:
            one.required = False
        super()._clean_fields()  # type: ignore[misc]  # Django's own, which its types do not name
        for one in asked:
            one.required = True

    def given(self) -> dict[str, Any]:
        """What was filled in, under the names of the document file."""
        found = {name.removeprefix("field_"): value for name, value in self.cleaned_data.items() if name not in ABOUT}
        return {name: value for name, value in found.items() if value not in (None, "", [])}


def fill_form(document: Document, *, times: int, known: Mapping[str, Any], recipient: str, number: str) -> FillForm:
    """The form with what is filled in already."""
    initial = {"times": times, "recipient": recipient, "registry_number": number}
    return FillForm(document, initial=initial | {f"field_{name}": value for name, value in known.items()})


class EditedForm(forms.Form):
    """The letter as someone has edited it in Word."""

    file = forms.FileField(
        label=_("Word-fil"), help_text=_("Högst 5 MB, .docx. Utan makron, länkar, kommentarer och spårade ändringar.")
    )
    times = forms.IntegerField(widget=forms.HiddenInput)


class DispatchForm(forms.Form):
    """A document has been sent: to whom, how and when."""

    times = forms.IntegerField(widget=forms.HiddenInput)
    recipient = forms.ChoiceField(label=_("Till vem?"))
    to = forms.CharField(
        label=_("Vilken?"), help_text=_("Om det inte framgår av brevet."), max_length=200, required=False
    )
    channel = forms.ChoiceField(label=_("Hur?"))
    sent_at = forms.DateTimeField(
        label=_("När?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    kind = forms.ChoiceField(
        label=_("Vilken fil?"), choices=[("pdf", "PDF"), ("word", "Word")], initial="pdf", widget=forms.RadioSelect
    )
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40, required=False)

    def __init__(
        self, sent: Any = None, *, recipients: list[tuple[str, str]], channels: Mapping[str, str], **more: Any
    ) -> None:
        super().__init__(sent, auto_id="dispatch-%s", **more)
        for name, choices in (("recipient", recipients), ("channel", list(channels.items()))):
            one = self.fields[name]
            assert isinstance(one, forms.ChoiceField)
            one.choices = choices
