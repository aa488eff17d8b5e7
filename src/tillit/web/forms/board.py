"""The forms with which boards and units are opened and changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.models import User

KINDS = [("board", _("Nämnd")), ("district", _("Stadsdelsnämnd")), ("association", _("Kommunalförbund"))]


class BoardForm(forms.Form):
    """What a board is called and where others ask it."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(label=_("Sort"), choices=KINDS)
    mailbox = forms.EmailField(
        label=_("Funktionsbrevlåda"),
        required=False,
        help_text=_("Nämndens gemensamma adress, aldrig en persons egen."),
    )
    connected = forms.BooleanField(
        label=_("De som arbetar där loggar in här"),
        required=False,
        help_text=_("Annars rapporterar nämnden genom en länk."),
    )


class OpenBoardForm(forms.Form):
    """A new board, and the two who give and order its first roles."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    slug = forms.CharField(
        label=_("Kortnamn"),
        max_length=20,
        help_text=_("Står i numret på nämndens alla ärenden, som NORR-F-2026-1, och ändras aldrig."),
    )
    kind = forms.ChoiceField(label=_("Sort"), choices=KINDS)
    mailbox = forms.EmailField(label=_("Funktionsbrevlåda"), required=False)
    administrator = forms.ModelChoiceField(User.objects.none(), label=_("Behörighetsadministratör"))
    head = forms.ModelChoiceField(User.objects.none(), label=_("Förvaltningschef"))

    def __init__(self, people: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="open-%s")
        for name in ("administrator", "head"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people


class UnitForm(forms.Form):
    """A unit, called as in the decisions."""

    name = forms.CharField(
        label=_("Enhetens namn"), max_length=200, help_text=_("Skriv som i besluten: så hittar fynd rätt.")
    )
    default = forms.BooleanField(label=_("Får det som inget beslut placerar"), required=False)
    apart = forms.BooleanField(
        label=_("Är en självständig verksamhetsgren"),
        required=False,
        help_text=_("Sekretess gäller mot nämndens andra enheter (8 kap. 2 § OSL): ingen får veta om insatser där."),
    )
