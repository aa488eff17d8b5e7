"""What can be put wrong in the town, one function each, named after the control that should find it."""

from collections.abc import Callable

from tillit.demo.town import Town

Plant = Callable[[Town], None]

IN_TIME: tuple[Plant, ...] = ()
"""Wrongs in what was worked; reports and bills follow them."""

IN_DOCUMENTS: tuple[Plant, ...] = ()
"""Wrongs in reports, bills, registers and plans."""
