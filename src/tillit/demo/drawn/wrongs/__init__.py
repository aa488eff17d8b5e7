"""What can be wrong in the drawn town: one file an area, one function a wrong, named after its control."""

from tillit.demo.drawn.district import District
from tillit.demo.drawn.wrongs import (
    assistance,
    away,
    bills,
    granted,
    home_care,
    invoice,
    patterns,
    permit,
    placement,
    process,
    purchase,
    supplier,
)
from tillit.demo.drawn.wrongs.plant import Plant, plant_all

IN_TIME: tuple[Plant, ...] = (
    *permit.IN_TIME,
    *patterns.IN_TIME,
    *home_care.IN_TIME,
    *bills.IN_TIME,
    *away.IN_TIME,
    *granted.IN_TIME,
    *assistance.IN_TIME,
)
"""Wrongs in what was worked; reports and bills follow them."""

IN_DOCUMENTS: tuple[Plant, ...] = (
    *bills.IN_DOCUMENTS,
    *invoice.IN_DOCUMENTS,
    *supplier.IN_DOCUMENTS,
    *purchase.IN_DOCUMENTS,
    *placement.IN_DOCUMENTS,
    *process.IN_DOCUMENTS,
)
"""Wrongs in reports, bills, registers and plans."""

NOT_PLANTED = {
    "ASS-08": "it takes the mean of a year, and a town is a month",
    "HEM-20": "the decisions of the drawn town have no codes of services",
    "HEM-26": "plans are drawn from the time worked when rows are written, after the wrongs",
    "NAT-03": "it needs two steps of shared roles, which no wrong lays yet",
    "NAT-07": "it needs a worker of two employers far beyond full time, which no wrong lays yet",
}
"""Controls that nothing is planted for, and why."""


def plant_in_time(district: District, *, wrongs: bool) -> dict[str, int]:
    """Plants the wrongs of time, or without `wrongs` only what is known and right. Gives what found no place."""
    return plant_all(district, IN_TIME, known_only=not wrongs)


def plant_in_documents(district: District, *, wrongs: bool) -> dict[str, int]:
    """Plants the wrongs of documents, or without `wrongs` only what is known and right. Gives what found no place."""
    return plant_all(district, IN_DOCUMENTS, known_only=not wrongs)
