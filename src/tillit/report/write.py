"""Writes a result as files: a page for people, a workbook for those who work on, JSON for machines."""

from collections.abc import Mapping
from pathlib import Path

from tillit.catalogue import Catalogue
from tillit.report.html import page
from tillit.report.workbook import write_workbook
from tillit.store import Result


def write_report(
    result: Result, catalogue: Catalogue, out: Path, *, identities: Mapping[str, str] | None = None
) -> list[Path]:
    """Writes findings.html, findings.xlsx and findings.json, the same bytes for the same result and content.

    Takes: a folder, made where it is missing; `identities`, a person's code -> identity number, which adds
    columns to the workbook and to nothing else.
    Gives: the three files, the page first.
    """
    out.mkdir(parents=True, exist_ok=True)
    page_file, book_file, json_file = (out / f"findings.{kind}" for kind in ("html", "xlsx", "json"))
    page_file.write_text(page(result, catalogue), encoding="utf-8", newline="\n")
    write_workbook(result, catalogue, book_file, identities=identities)
    json_file.write_text(result.to_json(), encoding="utf-8", newline="\n")
    return [page_file, book_file, json_file]
