"""The form with which the portal is opened to someone outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.actions.portal_account import Bond
from tillit.web.models import Board, PortalGrant, User
from tillit.web.rules.content import catalogue
from tillit.web.rules.portal import CLIENT, PROVIDER, WORKER
from tillit.web.words import word


class PortalAccountForm(forms.Form):
    """Who, as what, for which provider, worker or client, until when, and which manager has ordered it."""

    username = forms.CharField(
        label=_("Användarnamn hos kommunens inloggning"), max_length=150, help_text=_("Aldrig ett personnummer.")
    )
    name = forms.CharField(label=_("Namn"), max_length=200)
    role = forms.ChoiceField(label=_("Roll"))
    board = forms.ModelChoiceField(Board.objects.none(), label=_("Nämnd"))
    provider_number = forms.CharField(
        label=_("Anordnarens organisationsnummer"), max_length=20, required=False, help_text=_("Anordnare, assistent.")
    )
    worker_code = forms.CharField(
        label=_("Assistentens kod"), max_length=20, required=False, help_text=_("Assistent. Som den står i rapporten.")
    )
    client_code = forms.CharField(
        label=_("Brukarens kod"), max_length=20, required=False, help_text=_("Brukare. Som den står i rapporten.")
    )
    represents = forms.ChoiceField(label=_("Kontot är brukarens eller dess"), required=False)
    called = forms.CharField(
        label=_("Kallas i rapporten"),
        max_length=200,
        help_text=_("Det de andra i samma rapport ser i stället för koden."),
    )
    until = forms.DateField(label=_("Sista dag"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ordered_by = forms.ModelChoiceField(User.objects.none(), label=_("Chef som har beställt kontot"))

    def __init__(self, boards: Any, people: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="account-%s")
        for name, found in {"board": boards, "ordered_by": people}.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]
        roles = catalogue().roles
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", _("Välj")),
            *((code, word(roles[code])) for code in (PROVIDER, WORKER, CLIENT)),
        ]
        represents = PortalGrant._meta.get_field("represents").choices or ()
        self.fields["represents"].choices = [("", _("Välj")), *represents]  # type: ignore[attr-defined]

    def bond(self) -> Bond:
        """What the account is bound to."""
        given = self.cleaned_data
        number = "".join(one for one in given["provider_number"] if one.isalnum())
        same = {name: given[name].strip() for name in ("role", "called", "worker_code", "client_code", "represents")}
        return Bond(provider_number=number, **same)
