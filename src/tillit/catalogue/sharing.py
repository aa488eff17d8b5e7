"""How information on providers goes between those who pay: several boards, a central one, an association, one alone."""

from typing import Literal

from pydantic import Field, model_validator

from tillit.catalogue.yaml_file import Part


class SharingModel(Part):
    """One way: who is asked for a position, and whom questions go to."""

    sv: str
    en: str
    about: str
    about_en: str = ""
    asks: Literal["others", "all"] = Field(description="all: also the board that reported takes a position")
    contact: Literal["reporter", "central"] = Field(description="the board that questions go to")


class Sharing(Part):
    """The file content/plans/sharing.yaml: the ways there are, and the one that holds here."""

    model: str = "boards"
    central_board: str = Field("", description="the short name of the board, where questions go to a central one")
    models: dict[str, SharingModel] = {
        "boards": SharingModel(sv="Flera nämnder", en="Several boards", about="", asks="others", contact="reporter")
    }

    @property
    def held(self) -> SharingModel:
        """The way that holds here."""
        return self.models[self.model]

    @model_validator(mode="after")
    def _one_holds(self) -> "Sharing":
        if self.model not in self.models:
            raise ValueError(f"there is no model '{self.model}': choose {', '.join(self.models)}")
        if (self.held.contact == "central") != bool(self.central_board):
            raise ValueError(
                f"'central_board' is given where questions go to a central board, and '{self.model}' is held"
            )
        return self
