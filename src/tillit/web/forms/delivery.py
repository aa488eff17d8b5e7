"""A file to deliver."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DeliveryForm(forms.Form):
    """A file, and the board it is for."""

    board = forms.ChoiceField(label=_("Nämnd"))
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Excel, CSV eller XML, som den kom från systemet. Högst 200 MB."),
        allow_empty_file=True,
    )

    def __init__(self, sent: Any = None, files: Any = None, *, boards: list[tuple[str, str]]) -> None:
        super().__init__(sent, files)
        field = self.fields["board"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = boards
