"""The form of how an authority is reached."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AuthorityContactForm(forms.Form):
    """A function and ways to reach it; no field for a name."""

    function = forms.CharField(
        label=_("Funktion"),
        max_length=200,
        required=False,
        help_text=_("Till exempel regionens mottagning. Inget namn."),
    )
    mailbox = forms.EmailField(label=_("Funktionsbrevlåda"), required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    agreed = forms.CharField(
        label=_("Vad vi har kommit överens om"),
        help_text=_("Hur en anmälan skrivs, vad som ska följa med och när de kan ta emot. Inget om ett ärende."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
