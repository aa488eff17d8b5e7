"""Keeps deliveries as Parquet with provenance, persons as pseudonyms, and findings as plain values."""

from tillit.store.delivery import ROW_BITS, Delivery, Mapped, Refusal, Remark, Total, sha256_of
from tillit.store.finding import ControlRun, Evidence, Finding, Message, NotRun, Result, Value
from tillit.store.persons import Persons, code, pseudonym_of
from tillit.store.store import FileChangedError, OtherKeyError, Store, remove

__all__ = [
    "ROW_BITS",
    "ControlRun",
    "Delivery",
    "Evidence",
    "FileChangedError",
    "Finding",
    "Mapped",
    "Message",
    "NotRun",
    "OtherKeyError",
    "Persons",
    "Refusal",
    "Remark",
    "Result",
    "Store",
    "Total",
    "Value",
    "code",
    "pseudonym_of",
    "remove",
    "sha256_of",
]
