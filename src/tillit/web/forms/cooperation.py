"""The form with which a board ends its cooperation with a provider."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.models import Board
from tillit.web.rules.content import catalogue
from tillit.web.words import word


class EndForm(forms.Form):
    """The board, where there are several; the last day; the reason, which is a choice and no free text."""

    board = forms.ChoiceField(label=_("Nämnd"))
    until = forms.DateField(label=_("Sista dag"), widget=forms.DateInput(attrs={"type": "date"}))
    because = forms.ChoiceField(label=_("Skäl"), help_text=_("Syns för alla nämnder."), widget=forms.RadioSelect)

    def __init__(self, boards: list[Board], data: Any = None) -> None:
        super().__init__(data, auto_id="end-%s")
        board, because = self.fields["board"], self.fields["because"]
        assert isinstance(board, forms.ChoiceField)
        assert isinstance(because, forms.ChoiceField)
        board.choices = [(one.slug, one.name) for one in boards]
        because.choices = [(code, word(one)) for code, one in catalogue().end_reasons.items()]
        if len(boards) == 1:
            board.widget = forms.HiddenInput()
            board.initial = boards[0].slug
