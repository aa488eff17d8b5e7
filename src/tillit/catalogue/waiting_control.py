"""Controls of the catalogue of controls that are not written, and what each waits for."""

from typing import Literal

from pydantic import Field

from tillit.catalogue.yaml_file import Part


class WaitingControl(Part):
    """One control that is not written."""

    id: str
    sv: str
    first: bool = Field(False, description="of those that the catalogue wants first")
    why: Literal["data", "not_yet", "own", "answered"]
    answered_by: list[str] = Field([], description="controls that ask it, whole or in part")
    waits_for: str


class WaitingControls(Part):
    """The file content/plans/waiting_controls.yaml."""

    waiting: list[WaitingControl] = []
