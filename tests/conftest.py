"""What holds for every test: Hypothesis without a deadline, since a busy machine is no failure; content read once."""

import pytest
from hypothesis import settings

from tillit.catalogue import Catalogue, load

settings.register_profile("tillit", deadline=None)
settings.load_profile("tillit")


@pytest.fixture(scope="session")
def content() -> Catalogue:
    """The content that comes with Tillit, read once; a test that wants another makes its own with `replace`."""
    return load()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells how many checks the tests made that count them (record_property "checks")."""
    passed = terminalreporter.getreports("passed")
    checks = [
        number for one in passed for name, number in one.user_properties if name == "checks" and one.when == "call"
    ]
    if checks:
        terminalreporter.write_line(f"{sum(checks)} checks passed")
