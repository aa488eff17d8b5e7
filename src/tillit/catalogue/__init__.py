"""Reads and checks content/: tables, parameters, sources, prepared tables and controls. Knows no data."""

from tillit.catalogue.catalogue import Catalogue
from tillit.catalogue.control import Certainty, Control, DatedUse, Example
from tillit.catalogue.follow_up import FollowUp
from tillit.catalogue.law import Act, Law
from tillit.catalogue.load import content_folder, load
from tillit.catalogue.parameter import Dated, Parameter, Value
from tillit.catalogue.prepared import Prepared
from tillit.catalogue.source import From, Interval, Source, template_source
from tillit.catalogue.table import PROVENANCE, STORED, Column, Kind, Table
from tillit.catalogue.yaml_file import ContentError, ContentErrors, YamlFile

__all__ = [
    "PROVENANCE",
    "STORED",
    "Act",
    "Catalogue",
    "Certainty",
    "Column",
    "ContentError",
    "ContentErrors",
    "Control",
    "Dated",
    "DatedUse",
    "Example",
    "FollowUp",
    "From",
    "Interval",
    "Kind",
    "Law",
    "Parameter",
    "Prepared",
    "Source",
    "Table",
    "Value",
    "YamlFile",
    "content_folder",
    "load",
    "template_source",
]
