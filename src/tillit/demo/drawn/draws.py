"""Chance as SQL: every draw is a hash of the seed and of what is drawn for, so that chunks do not hang together."""


def share(*of: object) -> str:
    """A number from nought up to one, evenly.

    >>> share("'sick'", "client")
    "(hash($seed, 'sick', client) >> 11) / 9007199254740992.0"
    """
    return f"(hash($seed, {', '.join(map(str, of))}) >> 11) / 9007199254740992.0"


def whole(below: object, *of: object) -> str:
    """A whole number from nought up to `below`, evenly."""
    return f"CAST(hash($seed, {', '.join(map(str, of))}) % ({below}) AS BIGINT)"


def normal(*of: object) -> str:
    """A number of the normal distribution (Box and Muller)."""
    one, other = share("'one'", *of), share("'other'", *of)
    return f"SQRT(-2 * LN(1 - {one})) * COS(6.283185307179586 * {other})"


def person(*of: object) -> str:
    """A pseudonym, as a reader would have made one."""
    return f"CAST(hash($seed, 'person', {', '.join(map(str, of))}) >> 1 AS BIGINT)"
