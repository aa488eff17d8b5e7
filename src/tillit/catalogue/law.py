"""Acts and the places in them that content rests on."""

from pydantic import Field, RootModel

from tillit.catalogue.yaml_file import Part


class Act(Part):
    """An act, ordinance or other source of law: what it is called, and in short."""

    title: str
    short: str


class Acts(RootModel[dict[str, Act]]):
    """The file content/acts.yaml: number -> act."""


class Law(Part):
    """One place in law, and what it says that matters here.

    `sfs` is the act's number in content/acts.yaml ("1993:387"); what is not a Swedish act has a
    number of its own there ("Stockholm 2021:KS", "Peppol BIS Billing 3").
    """

    sfs: str
    at: str = ""
    says: str = ""
    verified: bool = Field(True, description="false: not read in a primary source; said so on every screen")
