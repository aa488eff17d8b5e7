"""Who does what from need to payment: chains of steps for which each unit names a function and a person."""

from pydantic import Field, RootModel, model_validator

from tillit.catalogue.yaml_file import Part


class ChainStep(Part):
    """One thing that someone must do."""

    sv: str
    en: str


class Chain(Part):
    """A chain; `apart` are steps that one person alone never does all of."""

    sv: str
    en: str
    steps: dict[str, ChainStep] = Field(min_length=1)
    apart: list[list[str]] = []

    @model_validator(mode="after")
    def _steps_are_there(self) -> "Chain":
        for together in self.apart:
            for name in together:
                if name not in self.steps:
                    raise ValueError(f"apart: there is no step '{name}'")
        return self


class Chains(RootModel[dict[str, Chain]]):
    """The file content/plans/responsibilities.yaml: code -> chain."""
