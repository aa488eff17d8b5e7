"""Reads and checks content/: tables, parameters, sources, prepared tables and controls. Knows no data."""

from tillit.catalogue.annual_wheel import AnnualWheel, Opens, WheelTask
from tillit.catalogue.catalogue import Catalogue, key_of
from tillit.catalogue.checklist import WEIGHT, Checklist, Phase, Question, deviation, heaviest
from tillit.catalogue.claim_ground import ClaimGround
from tillit.catalogue.claim_ground_check import check_grounds
from tillit.catalogue.code_list import Code, CodeList
from tillit.catalogue.control import Certainty, Control, DatedUse, Example
from tillit.catalogue.disclosure import Answer, Disclosure, Recipient, Telling, answer
from tillit.catalogue.disclosure_check import check_disclosures
from tillit.catalogue.document import HEAD, LISTS, Document, DocumentField, HeldBack
from tillit.catalogue.document_check import check_documents
from tillit.catalogue.duty import Duty, Outcome
from tillit.catalogue.exhibit import Ground, Masks, Way, in_force
from tillit.catalogue.follow_up import FollowUp
from tillit.catalogue.law import Act, Law
from tillit.catalogue.load import content_folder, load
from tillit.catalogue.measure import Measure, Measures
from tillit.catalogue.message import Message
from tillit.catalogue.parameter import Dated, Parameter, Value
from tillit.catalogue.prepared import Prepared
from tillit.catalogue.process import (
    PROVIDER_NUMBER,
    Due,
    Effect,
    Member,
    Process,
    ProcessField,
    Reach,
    Reader,
    Role,
    State,
    Step,
    Zone,
)
from tillit.catalogue.process_check import check_processes, checklists_of
from tillit.catalogue.responsibility import Chain, ChainStep
from tillit.catalogue.routine import Contact, Entry, News, Routine, Routines
from tillit.catalogue.sample_frame import FRAME_COLUMNS, FrameExample, SampleFrame
from tillit.catalogue.source import From, Interval, Source, template_source
from tillit.catalogue.statistic import Day, Row, Statistic, Tally, Waiting, counted, day_of, keys, tally
from tillit.catalogue.statistic_check import check_statistics
from tillit.catalogue.table import PROVENANCE, STORED, Column, Kind, Table
from tillit.catalogue.town_plan import TownNumber, TownPlan, TownSize
from tillit.catalogue.walk import Walk
from tillit.catalogue.word_file import LARGEST as LARGEST_WORD_FILE
from tillit.catalogue.word_file import letter_faults, word_text
from tillit.catalogue.yaml_file import ContentError, ContentErrors, YamlFile

__all__ = [
    "FRAME_COLUMNS",
    "HEAD",
    "LARGEST_WORD_FILE",
    "LISTS",
    "PROVENANCE",
    "PROVIDER_NUMBER",
    "STORED",
    "WEIGHT",
    "Act",
    "AnnualWheel",
    "Answer",
    "Catalogue",
    "Certainty",
    "Chain",
    "ChainStep",
    "Checklist",
    "ClaimGround",
    "Code",
    "CodeList",
    "Column",
    "Contact",
    "ContentError",
    "ContentErrors",
    "Control",
    "Dated",
    "DatedUse",
    "Day",
    "Disclosure",
    "Document",
    "DocumentField",
    "Due",
    "Duty",
    "Effect",
    "Entry",
    "Example",
    "FollowUp",
    "FrameExample",
    "From",
    "Ground",
    "HeldBack",
    "Interval",
    "Kind",
    "Law",
    "Masks",
    "Measure",
    "Measures",
    "Member",
    "Message",
    "News",
    "Opens",
    "Outcome",
    "Parameter",
    "Phase",
    "Prepared",
    "Process",
    "ProcessField",
    "Question",
    "Reach",
    "Reader",
    "Recipient",
    "Role",
    "Routine",
    "Routines",
    "Row",
    "SampleFrame",
    "Source",
    "State",
    "Statistic",
    "Step",
    "Table",
    "Tally",
    "Telling",
    "TownNumber",
    "TownPlan",
    "TownSize",
    "Value",
    "Waiting",
    "Walk",
    "Way",
    "WheelTask",
    "YamlFile",
    "Zone",
    "answer",
    "check_disclosures",
    "check_documents",
    "check_grounds",
    "check_processes",
    "check_statistics",
    "checklists_of",
    "content_folder",
    "counted",
    "day_of",
    "deviation",
    "heaviest",
    "in_force",
    "key_of",
    "keys",
    "letter_faults",
    "load",
    "tally",
    "template_source",
    "word_text",
]
