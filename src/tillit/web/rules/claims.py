"""What an identity provider says of a person, read as roles at boards and units."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from tillit.web.configuration import WrongSettingError
from tillit.web.rules.content import catalogue

SPOKEN = re.compile(r"(R\d\d)(?:@([-\w]+)(?:/([-\w]+))?)?")
"""A claim that says it all: R02@norr/hemtjanst, R02@norr, or R10 for every board."""


class Claimed(BaseModel):
    """A role that a claim gives: at a board and unit, or (board none) at every board."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    role: str
    board: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Told:
    """What was understood of the claims, and how many were not."""

    roles: frozenset[Claimed]
    unknown: int


def claimed(values: Iterable[str], named: Mapping[str, list[Claimed]]) -> Told:
    """The roles that claims give: by the municipality's own list, or as the claim itself says.

    >>> claimed(["R02@norr", "vpn-users"], {})
    Told(roles=frozenset({Claimed(role='R02', board='norr', unit=None)}), unknown=1)
    """
    roles: set[Claimed] = set()
    unknown = 0
    for value in values:
        spoken = SPOKEN.fullmatch(value)
        if value in named:
            roles |= set(named[value])
        elif spoken:
            role, board, unit = spoken.groups()
            roles.add(Claimed(role=role, board=board, unit=unit))
        else:
            unknown += 1
    return Told(frozenset(roles), unknown)


def values_of(extra: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """The values of the claims that hold roles, out of userinfo and the id token both.

    >>> values_of({"userinfo": {"groups": ["a"]}, "id_token": {"roles": "b"}}, ["roles", "groups"])
    ['a', 'b']
    """
    found: set[str] = set()
    for part in (extra, extra.get("userinfo"), extra.get("id_token")):
        for name in names:
            value = part.get(name) if isinstance(part, Mapping) else None
            found |= {value} if isinstance(value, str) else {str(one) for one in value or []}
    return sorted(found)


@cache
def named_claims(path: Path | None = None) -> Mapping[str, list[Claimed]]:
    """The municipality's list (TILLIT_ROLE_CLAIMS): a group's name or id -> roles.

    Without a list, claims speak for themselves.
    Raises: WrongSettingError that says what is wrong in the file.
    """
    path = path or settings.TILLIT.role_claims
    if path is None:
        return {}
    try:
        read: dict[str, list[Claimed]] = TypeAdapter(dict[str, list[Claimed]]).validate_python(
            yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        )
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise WrongSettingError(
            f"the list cannot be read ({type(error).__name__})",
            where="TILLIT_ROLE_CLAIMS",
            fix="a line a group, as in   group-17: [{role: R02, board: norr}]",
        ) from error
    unknown = {one.role for given in read.values() for one in given} - set(catalogue().roles)
    if unknown:
        raise WrongSettingError(
            f"there is no role {', '.join(sorted(unknown))}", where="TILLIT_ROLE_CLAIMS", fix="see content/roles.yaml"
        )
    return read
