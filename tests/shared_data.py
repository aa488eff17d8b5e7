"""Where the real files lie that tests read but the project does not carry."""

import os
from pathlib import Path

import pytest

_BESIDE_US = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared(topic: str) -> Path:
    """The folder of a topic; the test is skipped, and says so, where the files are not at hand."""
    folder = Path(os.environ.get("TILLIT_SHARED_DATA") or _BESIDE_US) / topic
    if not folder.is_dir():
        pytest.skip(f"no shared data on {topic}: set TILLIT_SHARED_DATA to the folder that has it")
    return folder
