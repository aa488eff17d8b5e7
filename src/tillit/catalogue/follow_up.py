"""What can follow on a finding: the codes U1-U15 that controls name."""

from pydantic import RootModel

from tillit.catalogue.yaml_file import Part


class FollowUp(Part):
    """One thing to do about a finding, and how it is done."""

    sv: str
    about: str


class FollowUps(RootModel[dict[str, FollowUp]]):
    """The file content/plans/follow_up.yaml: code -> what to do."""
