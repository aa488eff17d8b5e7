"""Forms around signals: the certificate of no reports, a link for a board, and the outcome by receipt number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import Process
from tillit.web.forms.step import field


class CertifyForm(forms.Form):
    """A board and a period."""

    board = forms.ChoiceField(label=_("Nämnd"))
    first = forms.DateField(label=_("Från"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Till och med"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, sent: Any = None, *, boards: list[Any]) -> None:
        super().__init__(sent, auto_id="certify-%s")
        _choices(self.fields["board"], boards)


class LinkForm(forms.Form):
    """The board that a link is for."""

    board = forms.ChoiceField(label=_("Nämnd"))

    def __init__(self, sent: Any = None, *, boards: list[Any]) -> None:
        super().__init__(sent, auto_id="link-%s")
        _choices(self.fields["board"], boards)


class OutcomeForm(forms.Form):
    """What a report led to, by its receipt number."""

    receipt = forms.CharField(label=_("Kvittots nummer"), max_length=40)

    def __init__(self, sent: Any = None, *, process: Process) -> None:
        super().__init__(sent, auto_id="outcome-%s")
        for name in ("outcome", "outcome_on"):
            self.fields[name] = field(process.fields[name], required=True)


def _choices(of: forms.Field, boards: list[Any]) -> None:
    assert isinstance(of, forms.ChoiceField)
    of.choices = [(board.slug, board.name) for board in boards]
