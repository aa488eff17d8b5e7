"""The catalogue: all content, by id, and the way back to the file and line of each part."""

from dataclasses import dataclass, field

from tillit.catalogue.annual_wheel import AnnualWheel
from tillit.catalogue.beginning import Beginning
from tillit.catalogue.checklist import Checklist
from tillit.catalogue.claim_ground import ClaimGround
from tillit.catalogue.code_list import CodeList
from tillit.catalogue.control import Control
from tillit.catalogue.cooperation import EndReason
from tillit.catalogue.disclosure import Disclosure, Recipient
from tillit.catalogue.document import Document
from tillit.catalogue.duty import Duty
from tillit.catalogue.exhibit import Masks, Way
from tillit.catalogue.follow_up import FollowUp
from tillit.catalogue.law import Act
from tillit.catalogue.measure import Measures
from tillit.catalogue.message import Message
from tillit.catalogue.parameter import Parameter
from tillit.catalogue.prepared import Prepared
from tillit.catalogue.process import Member, Process, Role
from tillit.catalogue.responsibility import Chain
from tillit.catalogue.routine import Routines
from tillit.catalogue.sample_frame import SampleFrame
from tillit.catalogue.sharing import Sharing
from tillit.catalogue.source import Source
from tillit.catalogue.statistic import Statistic, WaitingList
from tillit.catalogue.table import Table
from tillit.catalogue.town_plan import TownPlan
from tillit.catalogue.waiting_control import WaitingControls
from tillit.catalogue.yaml_file import ContentError, YamlFile


@dataclass
class Catalogue:
    """Everything under content/, by id. `files` leads from a key back to its file; `digest` names this very content.

    `texts` holds of each document the name of the file that its text lies in, and that text as it stands there.
    """

    acts: dict[str, Act] = field(default_factory=dict)
    follow_up: dict[str, FollowUp] = field(default_factory=dict)
    codes: dict[str, CodeList] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    prepared: dict[str, Prepared] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    cast: dict[str, Member] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    recipients: dict[str, Recipient] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    grounds: dict[str, ClaimGround] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)
    masks: Masks = field(default_factory=Masks)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    letterhead: bytes = b""
    town_plan: TownPlan = field(default_factory=TownPlan)
    files: dict[str, YamlFile] = field(default_factory=dict)
    measures: Measures = field(default_factory=lambda: Measures(relations=[], measures={}, examples=[]))
    end_reasons: dict[str, EndReason] = field(default_factory=dict)
    beginnings: dict[str, Beginning] = field(default_factory=dict)
    chains: dict[str, Chain] = field(default_factory=dict)
    routines: Routines = field(default_factory=Routines)
    sharing: Sharing = field(default_factory=Sharing)
    frames: dict[str, SampleFrame] = field(default_factory=dict)
    statistics: dict[str, Statistic] = field(default_factory=dict)
    annual_wheel: AnnualWheel = field(default_factory=AnnualWheel)
    waiting_statistics: WaitingList = field(default_factory=WaitingList)
    waiting_controls: WaitingControls = field(default_factory=WaitingControls)
    digest: str = ""

    def control(self, id: str) -> Control:
        """A control by its id, in any case. Raises ContentError that names those there are."""
        found = self.controls.get(id.upper())
        if found is None:
            known = ", ".join(sorted(self.controls))
            raise ContentError(f"there is no control '{id}'", fix=f"known: {known}")
        return found

    def where(self, id: str, *place: str | int) -> str:
        """`file:line` of a part of what has this id."""
        file = self.files.get(id)
        return file.where(*place) if file else id


def key_of(kind: str, id: str) -> str:
    """The key in `files` of what lies in a folder of content.

    What controls are made of shares one set of ids; of the rest, a process and a document may have the same name.

    >>> key_of("tables", "permit"), key_of("processes", "permit")
    ('permit', 'processes/permit')
    """
    return id if kind in _ONE_SET else f"{kind}/{id}"


_ONE_SET = {"tables", "prepared", "parameters", "sources", "controls", "checklists"}
