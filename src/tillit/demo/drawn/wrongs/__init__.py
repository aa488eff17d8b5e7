"""What can be wrong in the drawn town: one file an area, one function a wrong, named after its control."""

from tillit.demo.drawn.district import District
from tillit.demo.drawn.wrongs import (
    assistance,
    away,
    bills,
    grant,
    granted,
    home_care,
    invoice,
    leaders,
    links,
    meeting,
    orders,
    patterns,
    pay,
    permit,
    placement,
    process,
    purchase,
    stays,
    supplier,
    support,
)
from tillit.demo.drawn.wrongs.plant import Plant, plant_all

IN_TIME: tuple[Plant, ...] = (
    *links.IN_TIME,
    *pay.IN_TIME,
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
    *grant.IN_DOCUMENTS,
    *meeting.IN_DOCUMENTS,
    *support.IN_DOCUMENTS,
    *leaders.IN_DOCUMENTS,
    *links.IN_DOCUMENTS,
    *orders.IN_DOCUMENTS,
    *pay.IN_DOCUMENTS,
    *stays.IN_DOCUMENTS,
)
"""Wrongs in reports, bills, registers and plans."""

NOT_PLANTED = {
    "ASS-08": "it takes the mean of a year, and a town is a month",
    "NAT-05": "it needs a month before and one after, and a town is a month",
}
"""Controls that nothing is planted for, and why."""


def plant_in_time(district: District, *, wrongs: bool) -> dict[str, int]:
    """Plants the wrongs of time, or without `wrongs` only what is known and right. Gives what found no place."""
    return plant_all(district, IN_TIME, known_only=not wrongs)


def plant_in_documents(district: District, *, wrongs: bool) -> dict[str, int]:
    """Plants the wrongs of documents, or without `wrongs` only what is known and right. Gives what found no place."""
    return plant_all(district, IN_DOCUMENTS, known_only=not wrongs)
