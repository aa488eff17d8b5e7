"""Why a board stops using a provider: codes, and which of them the other boards are told of at once."""

from pydantic import Field, RootModel

from tillit.catalogue.yaml_file import Part


class EndReason(Part):
    """One reason."""

    sv: str
    en: str
    warns: bool = Field(description="the other boards that use the provider are told at once")


class EndReasons(RootModel[dict[str, EndReason]]):
    """The file content/plans/cooperation.yaml: code -> reason."""
