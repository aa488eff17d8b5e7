"""Every error that Tillit raises on purpose: what, where, and what to do about it."""


class TillitError(Exception):
    """An error meant for a reader: where it is, what was found, and what that reader can do.

    Subclasses are named after the fault and live beside the code that raises them. An identity
    number never stands in any of the three texts.

    >>> str(TillitError("Typ is 'X'", where="march.csv:4", fix="known: A, V, B"))
    "march.csv:4: Typ is 'X': known: A, V, B"
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(": ".join(part for part in (where, what, fix) if part))


class RefusedError(TillitError):
    """Something the user gave or did cannot be taken: shown and counted, without a stack trace."""


class BrokenError(TillitError):
    """A fault of our own: logged with a stack trace, and reported to us."""
