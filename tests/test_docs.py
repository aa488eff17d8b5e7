"""The pages tell of everything there is, and of nothing that is not."""

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tillit.catalogue import load
from tillit.cli.main import tillit

ROOT = Path(__file__).resolve().parents[1]
MADE = ("controls.md", "controls-waiting.md", "tables.md", "sources.md", "requirements.md")
WRITTEN = [
    *(ROOT / name for name in ("README.md", "LÄSMIG.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.name not in MADE),
]


def made_by(script: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_script", ROOT / "docs" / script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["controls.md", "controls-waiting.md", "tables.md", "sources.md"])
def test_a_page_that_is_made_from_the_content_is_up_to_date(name: str) -> None:
    kept = ROOT / "docs" / name
    assert made_by("content.py").page(name, load()) == kept.read_text(encoding="utf-8"), "run `make docs`"


def test_every_control_is_written_or_waits_and_none_is_said_to_be_asked_by_one_that_is_not_written() -> None:
    catalogue = load()
    waiting = {one.id: one for one in catalogue.waiting_controls.waiting}
    assert len(waiting) == len(catalogue.waiting_controls.waiting)
    assert len({*catalogue.controls, *waiting}) >= 201, "the catalogue of controls has 201"
    asked_by = {by for one in waiting.values() for by in one.answered_by}
    assert asked_by - set(catalogue.controls) == set()


def test_the_first_page_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in tillit.commands if f"tillit {name}" not in text] == []


def test_every_command_on_a_page_is_there() -> None:
    named = _on_pages(r"(?:`|^|bin/)tillit ([a-z]+)")
    assert [(page, name) for page, name in named if name not in tillit.commands] == []


def test_every_make_target_on_a_page_is_there() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [(page, name) for page, name in _on_pages(r"(?:`|^)make ([a-z-]+)") if name not in targets] == []


def test_every_link_leads_somewhere() -> None:
    links = [(page, target) for page, target in _on_pages(r"\]\(([^)#]+)[^)]*\)") if "://" not in target]
    assert [(page, target) for page, target in links if not (ROOT / page).parent.joinpath(target).exists()] == []


def _on_pages(pattern: str) -> list[tuple[str, str]]:
    """Every page that people write, and what the pattern finds on it."""
    return [
        (page.relative_to(ROOT).as_posix(), found)
        for page in WRITTEN
        for found in re.findall(pattern, page.read_text(encoding="utf-8"), re.MULTILINE)
    ]


def test_the_architecture_tells_of_every_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    floors = [
        floor for contract in contracts if contract.get("containers") == ["tillit"] for floor in contract["layers"]
    ]
    packages = {name.strip() for floor in floors for name in floor.split("|")}
    told = re.findall(
        r"^\| \d \| `([a-z]+)` \|", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(told) == packages
