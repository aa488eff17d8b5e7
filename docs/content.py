"""Makes controls.md, controls-waiting.md, tables.md and sources.md here from the content: run `make docs`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tillit.catalogue import Catalogue, Control, Law, Source, Table, load

HERE = Path(__file__).parent
MADE = "Made from the content by `make docs`: change the content, not this page."


def controls(catalogue: Catalogue) -> Iterator[str]:
    """What is asked, by which law, of which tables."""
    yield from ("# Controls", "", f"What Tillit asks, in the words its users read. {MADE}")
    known = sorted(catalogue.controls.values(), key=lambda one: (one.area, one.id))
    for area in dict.fromkeys(one.area for one in known):
        yield from ("", f"## {area.replace('_', ' ').capitalize()}")
        for control in known:
            if control.area == area:
                yield from _control(catalogue, control)


def _control(catalogue: Catalogue, control: Control) -> Iterator[str]:
    yield from ("", f"### {control.id} {control.title}", "", control.question.strip(), "")
    yield f"- Law: {'; '.join(_law(catalogue, law) for law in control.law)}"
    yield f"- Reads: {', '.join(f'`{name}`' for name in (*control.reads, *control.helped_by))}"
    yield f"- Innocent explanations that it tries itself: {_list(control.tried())}"
    yield f"- Left for people to ask about: {_list(control.to_ask())}"
    yield f"- File: `{catalogue.where(control.id).rpartition(':')[0]}`, revision {control.revision}, {control.status}"


def _law(catalogue: Catalogue, law: Law) -> str:
    act = catalogue.acts.get(law.sfs)
    place = f"{act.short if act else law.sfs} {law.at}".strip()
    return place if law.verified else f"{place} (not verified)"


def _list(reasons: list[str]) -> str:
    return "; ".join(reasons) or "none"


def tables(catalogue: Catalogue) -> Iterator[str]:
    """What each delivered row becomes."""
    yield from (
        "# Tables",
        "",
        "What each delivered row becomes. `tillit template TABLE` gives an empty workbook for one.",
    )
    yield MADE
    for _, table in sorted(catalogue.tables.items()):
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"## {table.table}", "", f"**{table.title}.** {table.about.strip()}", "")
    yield from ("| column | heading | kind | needed | personal | about |", "|---|---|---|---|---|---|")
    for name, column in table.columns.items():
        needed = "made" if column.derived else "" if column.optional else "yes"
        kind = f"{column.type}, entered in {column.entered_in}" if column.entered_in else str(column.type)
        about = ", ".join(part for part in (column.about, " / ".join(column.one_of.values())) if part)
        cells = (f"`{name}`", column.sv, kind, needed, "" if column.personal == "none" else column.personal, about)
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def sources(catalogue: Catalogue) -> Iterator[str]:
    """Which files are known, and what they become."""
    yield from (
        "# Sources",
        "",
        "Which files are read without further ado; each is known by what is in it, not by its name.",
    )
    yield from (MADE, "", "| source | what | becomes |", "|---|---|---|")
    for _, source in sorted(catalogue.sources.items()):
        if not source.made_from_table:
            yield f"| `{source.id}` | {_about(source)} | {', '.join(f'`{name}`' for name in source.writes)} |"
    yield from ("", "And the template of every table in [tables.md](tables.md), as CSV, XLSX or ODS.")


def _about(source: Source) -> str:
    return " ".join(f"{source.title}. {source.about}".split()).rstrip(".") + "."


_WHY = {
    "data": ("Waits for data", "What they read comes in no table yet."),
    "not_yet": (
        "Data are there",
        "Their tables are read; they are not written, most of them because the random arm comes first.",
    ),
    "own": (
        "Of Tillit's own work",
        "They ask of findings, cases, notices and logs, which are no tables that a control reads.",
    ),
    "answered": ("Answered by another", "What they ask is found by a control that is written, whole or in part."),
}


def waiting(catalogue: Catalogue) -> Iterator[str]:
    """Which controls of the catalogue of controls are not written, and what each waits for."""
    left = [one for one in catalogue.waiting_controls.waiting if one.id not in catalogue.controls]
    first = sum(one.first for one in left)
    yield from (
        "# Controls that wait",
        "",
        f"{len(catalogue.controls)} controls are written ([controls.md](controls.md)). These {len(left)} are not;"
        f" {first} of them are among those that come first (★).",
        MADE,
    )
    for why, (title, about) in _WHY.items():
        yield from ("", f"## {title}", "", about, "", "| control | what it asks | waits for | asked by |")
        yield "|---|---|---|---|"
        for one in (one for one in left if one.why == why):
            star = " ★" if one.first else ""
            yield f"| {one.id}{star} | {one.sv} | {one.waits_for} | {', '.join(one.answered_by)} |"


PAGES: dict[str, Callable[[Catalogue], Iterator[str]]] = {
    "controls.md": controls,
    "controls-waiting.md": waiting,
    "tables.md": tables,
    "sources.md": sources,
}


def page(name: str, catalogue: Catalogue) -> str:
    """The text of one of the pages."""
    return "\n".join(PAGES[name](catalogue)) + "\n"


if __name__ == "__main__":
    content = load()
    for file in PAGES:
        (HERE / file).write_text(page(file, content), encoding="utf-8")
