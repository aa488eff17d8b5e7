"""What someone asks the table of provisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import ProcessField, Recipient
from tillit.web.words import choices, word


class DisclosureForm(forms.Form):
    """To whom, and about what. It is sent as the address, so that an answer can be passed on."""

    to = forms.ChoiceField(label=_("Vem frågar eller ska få veta?"))
    about = forms.ChoiceField(label=_("Vad handlar uppgifterna om?"))

    def __init__(self, sent: Any, *, recipients: dict[str, Recipient], subjects: ProcessField) -> None:
        super().__init__(sent)
        for name, listed in (
            ("to", [(code, word(one)) for code, one in recipients.items()]),
            ("about", list(choices(subjects).items())),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Välj")), *listed]
