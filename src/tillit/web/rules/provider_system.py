"""The token of a provider's system: how it is made and read, and who comes in by it."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from tillit.web.models import Board, ProviderSystem
from tillit.web.rules.portal import Outsider, outsider_of
from tillit.web.rules.scope import within

_TOKEN = re.compile(r"([a-z0-9-]{1,50})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class KnownSystem:
    """A system that has come in: its token's row, and who it is in the portal."""

    system: ProviderSystem
    outsider: Outsider

    def __str__(self) -> str:
        return str(self.system.pk)


def new_token(board: Board) -> str:
    """A token: the board, so that its row is looked for there alone, and a secret that cannot be guessed."""
    return f"{board.slug}.{secrets.token_hex(32)}"


def hashed(token: str) -> str:
    """What is kept of a token. A secret of 256 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def known_system(token: str, now: datetime) -> KnownSystem | None:
    """Who comes in by a token; none where it never was, or where the portal account has ended or is closed."""
    said = _TOKEN.fullmatch(token)
    board = Board.objects.filter(slug=said.group(1)).first() if said else None
    if board is None:
        return None
    with within([board.pk]):
        found = ProviderSystem.objects.filter(token_hash=hashed(token)).select_related("portal__grant__user")
        system = found.first()
        outsider = outsider_of(system.portal.grant.user, now) if system else None
    return KnownSystem(system, outsider) if system and outsider else None
