"""The forms with which a role is given, and a manager answers about one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.models import Board, Unit, User
from tillit.web.rules.content import catalogue
from tillit.web.words import word


class GiveForm(forms.Form):
    """Who is given which role where, until when, and which manager has ordered it."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    role = forms.ChoiceField(label=_("Roll"))
    board = forms.ModelChoiceField(Board.objects.none(), label=_("Nämnd"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Enhet"), required=False, empty_label=_("Hela nämnden"))
    until = forms.DateField(label=_("Sista dag"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ordered_by = forms.ModelChoiceField(User.objects.none(), label=_("Chef som har beställt rollen"))

    def __init__(self, boards: Any, people: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="give-%s")
        querysets = {
            "user": people,
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
        inside = {code: one for code, one in catalogue().roles.items() if not (one.external or one.whole_municipality)}
        role.choices = [("", _("Välj")), *((code, word(one)) for code, one in inside.items())]


class AnswerForm(forms.Form):
    """A manager's answer about a role."""

    answer = forms.ChoiceField(choices=[("keep", "keep"), ("remove", "remove")])
    reason = forms.CharField(max_length=300, required=False)
