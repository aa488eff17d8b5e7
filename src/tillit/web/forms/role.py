"""The forms with which a role is given, an account opened, and a manager answers about a role."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.models import Board, Unit, User
from tillit.web.rules.content import catalogue
from tillit.web.words import word


class _RoleForm(forms.Form):
    """A role, where it is held, until when, and which manager has ordered it."""

    role = forms.ChoiceField(label=_("Roll"))
    board = forms.ModelChoiceField(
        Board.objects.none(), label=_("Nämnd"), required=False, empty_label=_("Hela kommunen, för roller som är det")
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Enhet"), required=False, empty_label=_("Hela nämnden"))
    until = forms.DateField(label=_("Sista dag"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ordered_by = forms.ModelChoiceField(User.objects.none(), label=_("Chef som har beställt rollen"))

    def __init__(self, boards: Any, people: Any, data: Any = None, *, auto_id: str) -> None:
        super().__init__(data, auto_id=auto_id)
        querysets = {
            "ordered_by": people,
            "board": boards,
            "unit": Unit.objects.filter(board__in=boards),
        }
        for name, found in querysets.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        inside = {code: one for code, one in catalogue().roles.items() if not one.external}
        role.choices = [("", _("Välj")), *((code, word(one)) for code, one in inside.items())]


class GiveForm(_RoleForm):
    """Who is given which role, and perhaps for whom it is lent."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    since = forms.DateField(label=_("Första dag"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    substitute_for = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Ersätter"),
        required=False,
        empty_label=_("Ingen"),
        help_text=_("Den som är borta. Ersättaren får den rollen till sista dagen, och det som personen är tilldelad."),
    )
    field_order = ("user", "role", "board", "unit", "since", "until", "substitute_for", "ordered_by")

    def __init__(self, boards: Any, people: Any, data: Any = None) -> None:
        super().__init__(boards, people, data, auto_id="give-%s")
        for name in ("user", "substitute_for"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people


class OpenAccountForm(_RoleForm):
    """A new account with its first role."""

    username = forms.CharField(
        label=_("Användarnamn"), max_length=150, help_text=_("Som hos kommunens inloggning. Aldrig ett personnummer.")
    )
    name = forms.CharField(label=_("Namn"), max_length=200)
    email = forms.EmailField(
        label=_("E-post i arbetet"), required=False, help_text=_("För påminnelser, som aldrig säger vad de gäller.")
    )
    field_order = ("username", "name", "email", "role", "board", "unit", "until", "ordered_by")

    def __init__(self, boards: Any, people: Any, data: Any = None) -> None:
        super().__init__(boards, people, data, auto_id="account-%s")


class AnswerForm(forms.Form):
    """A manager's answer about a role."""

    answer = forms.ChoiceField(choices=[("keep", "keep"), ("remove", "remove")])
    reason = forms.CharField(max_length=300, required=False)
