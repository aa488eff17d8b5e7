"""A file to deliver, and one to withdraw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.rules.file_content import largest


class DeliveryForm(forms.Form):
    """A file, and the board it is for."""

    board = forms.ChoiceField(label=_("Nämnd"))
    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,
    )

    def __init__(self, sent: Any = None, files: Any = None, *, boards: list[tuple[str, str]]) -> None:
        super().__init__(sent, files)
        field = self.fields["board"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = boards
        limit = {"limit": largest() // 2**20}
        self.fields["file"].help_text = (
            _("Excel, CSV eller XML, som den kom från systemet. Högst %(limit)d MB.") % limit
        )


class WithdrawForm(forms.Form):
    """Why a file no longer holds, and a second thought."""

    why = forms.CharField(
        label=_("Varför gäller filen inte längre?"),
        help_text=_("Skälet står på leveransen och på fynden. Skriv inget om enskilda."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label=_("Jag vet att körningar efter detta inte använder raderna i filen."))
