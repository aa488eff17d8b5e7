"""The filter of the list of findings, and an observation in three fields."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import State
from tillit.web import words
from tillit.web.queries.finding import Filter

ANY = ("", _("Alla"))


class LongSelect(forms.Select):
    """A choice among hundreds, written straight out: Django's own renders a template for each of them."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The select with its options, as Django writes it."""
        chosen = {str(one) for one in self.format_value(value)}
        options = "".join(
            f'<option value="{escape(code)}"{" selected" if str(code) in chosen else ""}>{escape(label)}</option>'
            for code, label in self.choices
        )
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", attributes, mark_safe(options))  # each part is escaped


class FilterForm(forms.Form):
    """What the list shows. It is sent as the address, so that it can be kept and passed on."""

    state = forms.ChoiceField(label=_("Läge"), required=False)
    severity = forms.TypedChoiceField(label=_("Angelägenhet"), required=False, coerce=int, empty_value=None)
    certainty = forms.ChoiceField(label=_("Säkerhet"), required=False)
    control = forms.ChoiceField(label=_("Kontroll"), required=False, widget=LongSelect)
    provider = forms.ChoiceField(label=_("Anordnare"), required=False, widget=LongSelect)
    kronor = forms.IntegerField(label=_("Minst kronor"), required=False, min_value=0, max_value=10**10)
    days = forms.IntegerField(label=_("Äldre än dagar"), required=False, min_value=0, max_value=10_000)
    group = forms.ChoiceField(label=_("Samla efter"), required=False)

    def __init__(
        self, sent: Any, *, states: dict[str, State], controls: dict[str, str], providers: dict[str, str]
    ) -> None:
        super().__init__(sent)
        self._choose(
            "state", [("", _("Öppna")), *((name, words.word(one)) for name, one in states.items()), ("all", _("Alla"))]
        )
        self._choose("severity", [ANY, *((str(code), one.word) for code, one in words.SEVERITY.items())])
        self._choose("certainty", [ANY, *((code, one.word) for code, one in words.CERTAINTY.items())])
        self._choose("control", [ANY, *controls.items()])
        self._choose("provider", [ANY, *providers.items()])
        self._choose("group", [("", _("Inget")), ("provider", _("Anordnare")), ("control", _("Kontroll"))])
        for name in ("kronor", "days"):
            self.fields[name].widget.attrs["size"] = 6

    def _choose(self, name: str, choices: list[tuple[str, str | Promise]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def chosen(self) -> Filter:
        """The filter. What cannot be understood in an address chooses nothing: a list is never an error page."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return Filter(**found)


class ObservationForm(forms.Form):
    """An observation by any employee, in three fields (M103)."""

    title = forms.CharField(
        label=_("Vad gäller det?"),
        help_text=_("Några ord, utan namn och personnummer."),
        max_length=100,
    )
    observation = forms.CharField(
        label=_("Vad har du sett?"),
        help_text=_("Skriv vad du har sett eller hört och när. Du behöver inte veta vad det beror på."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
    )
    board = forms.ChoiceField(label=_("Vilken nämnd gäller det?"))

    def __init__(self, sent: Any, *, boards: list[tuple[str, str]]) -> None:
        super().__init__(sent, initial={"board": boards[0][0] if boards else ""})
        field = self.fields["board"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = boards
