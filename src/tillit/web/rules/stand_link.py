"""The address by which a board that is not connected answers: the board and the stand, signed."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "tillit.stand_link"
OPEN_STANDS = ("waiting", "reminded", "escalated")
"""Where a position has not been taken."""

ANSWERS = ("look_deeper", "not_deeper", "do_not_use")
"""The steps of content/processes/stand.yaml that take one."""


def token_of(board: int, stand: int) -> str:
    """What stands in the address: the same whenever it is made, for its last day stands with the link."""
    return signing.Signer(salt=SALT).sign_object([board, stand])


def read_token(token: str) -> tuple[int, int] | None:
    """The board and the stand of a token that is ours."""
    try:
        board, stand = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return board, stand


def address_of(board: int, stand: int) -> str:
    """The whole address, where the installation has been told its own (TILLIT_ADDRESS)."""
    return f"{settings.TILLIT.address}{reverse('outside_stand', args=[token_of(board, stand)])}"
