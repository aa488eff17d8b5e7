"""Progress on stderr, for work that takes long enough to wonder about."""

import sys
from collections.abc import Callable
from time import monotonic

_QUIET_S = 1.5  # shorter work says nothing


class Progress:
    """Says how far the work has come: a line that is written over on a screen, a line now and then in a log.

    Takes: `screen`, whether stderr is one.
    """

    def __init__(self, *, clock: Callable[[], float] = monotonic, screen: bool | None = None) -> None:
        self._clock = clock
        self._screen = sys.stderr.isatty() if screen is None else screen
        self._next = clock() + _QUIET_S
        self._every = 0.2 if self._screen else 10.0
        self._width = 0

    def say(self, text: str) -> None:
        """Says it, if it is time to say something."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + self._every
        end = "\r" if self._screen else "\n"
        print(text[:110].ljust(self._width), end=end, file=sys.stderr, flush=True)
        self._width = min(len(text), 110) if self._screen else 0

    def of(self, what: str) -> Callable[[float], None]:
        """A function that is told the share done of this part of the work."""
        return lambda share: self.say(f"{what} {share:4.0%}")

    def step(self, what: str, done: int, of: int) -> None:
        """Is told which step of the work is begun, and how many are done."""
        self.say(f"{what} ({done} of {of} done)")

    def done(self) -> None:
        """Wipes the line from the screen."""
        if self._width:
            print(" " * self._width, end="\r", file=sys.stderr, flush=True)
            self._width = 0
