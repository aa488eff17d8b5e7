"""Forms for what is taken out of a matter: an evidence pack, a log of contacts, a copy for a party."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.catalogue import Ground
from tillit.web.queries.extract import ASK, GIVE, PartOf
from tillit.web.words import word


class PurposeForm(forms.Form):
    """What an extract is for; it stands in the log."""

    purpose = forms.CharField(label=_("Vad ska det användas till?"), max_length=300)


class PackForm(PurposeForm):
    """What the cover of an evidence pack says, and which notes go with it."""

    obtained = forms.CharField(
        label=_("Hur har underlaget hämtats in, och med vilket lagstöd?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    secrecy = forms.CharField(
        label=_("Vad omfattas av sekretess?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    notes = forms.MultipleChoiceField(
        label=_("Vilka anteckningar ska följa med?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, sent: Any = None, *, notes: Iterable[tuple[int, str]]) -> None:
        super().__init__(sent, auto_id="pack-%s")
        field = self.fields["notes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(pk), text) for pk, text in notes]
        if not field.choices:
            del self.fields["notes"]


class PartyCopyForm(forms.Form):
    """Each part of a matter with an answer: it is given, or why it is not. What nobody has answered is asked for."""

    purpose = forms.CharField(label=_("Vem är kopian till?"), max_length=300)
    own = forms.CharField(
        label=_("Partens egna uppgifter, som får stå kvar"),
        help_text=_(
            "Ett på varje rad: telefon, e-post, adress, personnummer. Alla andra sådana uppgifter stryks av sig själva."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, sent: Any = None, *, parts: Sequence[PartOf], grounds: Mapping[str, Ground]) -> None:
        super().__init__(sent)
        self.parts, self.grounds = parts, grounds
        answers = [(GIVE, _now("Lämnas")), *((code, word(one)) for code, one in grounds.items())]
        for code, one in grounds.items():
            self.fields[f"words-{code}"] = forms.CharField(
                label=_now("Ord som stryks överallt: %(ground)s") % {"ground": word(one)},
                help_text=_now("Ett på varje rad, till exempel ett namn."),
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )
        for part in parts:
            empty = [(ASK, _now("Välj"))] if part.struck == ASK else []
            field = forms.ChoiceField(label=part.title, choices=[*empty, *answers], initial=part.struck)
            field.help_text = " ".join(text for text in part.texts if text)[:200]
            self.fields[f"part-{part.key}"] = field
            if part.file:
                self.fields[f"file-{part.file}"] = forms.BooleanField(
                    label=_now("Filen till handling %(number)d lämnas hel. Jag har läst den.") % {"number": part.file},
                    required=False,
                )

    def chosen(self) -> dict[str, str]:
        """Part -> answer."""
        return {part.key: self.cleaned_data[f"part-{part.key}"] for part in self.parts}

    def whole_files(self) -> list[int]:
        """The evidence whose file goes with the copy."""
        return [part.file for part in self.parts if part.file and self.cleaned_data.get(f"file-{part.file}")]

    def words(self) -> dict[str, str]:
        """Words that are struck out -> why."""
        return {line: code for code in self.grounds for line in _lines(self.cleaned_data[f"words-{code}"])}

    def own_lines(self) -> list[str]:
        """What is the party's own."""
        return _lines(self.cleaned_data["own"])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
