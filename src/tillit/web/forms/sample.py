"""What a sample is drawn from: the frame, the days, how many, and how."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.web.forms.notification import PeriodForm
from tillit.web.rules.content import catalogue
from tillit.web.words import titled


class SampleForm(PeriodForm):
    """A draw: from what, which days, how many; and how many that controls found are mixed in among them."""

    frame = forms.ChoiceField(label=_("Vad ska granskas?"))
    size = forms.IntegerField(
        label=_("Hur många ska dras?"),
        min_value=1,
        max_value=2000,
        help_text=_("Varje grupp får minst 60, eller alla där de är färre: summan kan bli större än det du skriver."),
    )
    mixed = forms.IntegerField(
        label=_("Hur många som kontroller pekar på ska blandas in?"),
        min_value=0,
        max_value=2000,
        required=False,
        help_text=_("De visar hur ofta kontrollerna har rätt. Den som granskar ser inte vilka de är."),
    )
    board = forms.ChoiceField(label=_("Vilken nämnd?"))
    field_order = ("frame", "board", "first", "last", "size", "mixed")

    def __init__(self, sent: Any = None, *, boards: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(sent, **more)
        frames = [(name, titled(frame)) for name, frame in catalogue().frames.items()]
        self.fields["frame"] = forms.ChoiceField(label=_("Vad ska granskas?"), choices=frames)
        self.fields["board"] = forms.ChoiceField(label=_("Vilken nämnd?"), choices=boards)
        self.order_fields(self.field_order)
