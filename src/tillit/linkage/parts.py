"""What is compared, how, and what comes of it."""

from dataclasses import dataclass
from typing import Literal

Compare = Literal["name", "text", "day", "exact"]
"""A name is compared by how it is spelled, and common ones count less; a text by its edits; a day by its distance."""


@dataclass(frozen=True)
class Field:
    """A column that is compared."""

    name: str
    compare: Compare


@dataclass(frozen=True)
class Plan:
    """What is compared, and which rows are held beside each other at all.

    `beside`: two rows are compared where all of one of these are equal: columns, or SQL of them. `train`: two of the
    same kind that between them leave every field free, so that what agreement weighs can be learnt from the rows.
    `only_one`: a row has one fellow at most, as a payment has; then only each other's likeliest are proposed.
    """

    fields: tuple[Field, ...]
    beside: tuple[tuple[str, ...], ...]
    train: tuple[tuple[str, ...], ...]
    only_one: bool = False


@dataclass(frozen=True)
class Proposal:
    """Two rows that may be of the same company: how likely it is taken to be, and which fields agree and do not."""

    one: str
    other: str
    probability: float
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
