"""The form of a chain: for each step a function and a person."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tillit.web.models import User
from tillit.web.queries.responsibility import Cell
from tillit.web.words import word


class ChainForm(forms.Form):
    """Two fields for each step, named after it."""

    def __init__(self, cells: Sequence[Cell], people: Sequence[User], data: Any = None, prefix: str = "") -> None:
        super().__init__(data, prefix=prefix)
        self.cells = cells
        self._people = {str(one.pk): one for one in people}
        choices = [("", _("Ingen vald")), *((str(one.pk), one.name) for one in people)]
        for cell in cells:
            what = {"what": word(cell.word)}
            self.fields[f"{cell.step}-function"] = forms.CharField(
                required=False,
                max_length=100,
                initial="" if cell.of_board else cell.function,
                label=_("Funktion: %(what)s") % what,
            )
            self.fields[f"{cell.step}-person"] = forms.ChoiceField(
                required=False,
                choices=choices,
                initial=str(cell.person.pk) if cell.person and not cell.of_board else "",
                label=_("Person: %(what)s") % what,
            )

    def rows(self) -> list[tuple[Cell, Any, Any]]:
        """Each step with its two fields."""
        return [(cell, self[f"{cell.step}-function"], self[f"{cell.step}-person"]) for cell in self.cells]

    def named(self) -> dict[str, tuple[str, User | None]]:
        """What was filled in, as the action takes it."""
        data = self.cleaned_data
        return {
            cell.step: (data[f"{cell.step}-function"].strip(), self._people.get(data[f"{cell.step}-person"]))
            for cell in self.cells
        }
