"""How soon a finding is to be looked at, as one number: lists of a million are sorted by it."""

_SURENESS = {"sure": 0, "possible": 1, "indication": 2}

SEVERITIES = (1, 2, 3, 4)


def urgency(severity: int, certainty: str) -> int:
    """0 for what is looked at first, 15 for the last: by severity (4 is the most urgent), then by certainty.

    >>> urgency(4, "sure"), urgency(4, "indication"), urgency(3, "sure"), urgency(1, "")
    (0, 2, 4, 15)
    """
    return (4 - severity) * 4 + _SURENESS.get(certainty, 3)


def severity(urgency: int) -> int:
    """The severity that an urgency was made of.

    >>> [severity(urgency(one, "possible")) for one in SEVERITIES]
    [1, 2, 3, 4]
    """
    return 4 - urgency // 4
