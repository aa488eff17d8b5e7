"""Holds the table of provisions to the rest of the catalogue, and to its own examples."""

from collections.abc import Iterator

from tillit.catalogue.catalogue import Catalogue
from tillit.catalogue.disclosure import Disclosure, wrong_examples
from tillit.errors import TillitError


def check_disclosures(catalogue: Catalogue) -> list[TillitError]:
    """Every fault of the table: unknown acts and recipients, and examples that are answered otherwise."""
    prohibitions = [row for row in catalogue.disclosures.values() if row.mode == "never"]
    faults: list[TillitError] = []
    for row in catalogue.disclosures.values():
        faults += _names(catalogue, row)
        for index, said in wrong_examples(row, prohibitions).items():
            example = row.examples[index]
            lacking = f", for lack of {', '.join(said.missing)}" if said.missing else ""
            told = f"example '{example.name}' is answered '{said.verdict}'{lacking}, and says '{example.answer}'"
            faults.append(catalogue.files[row.disclosure].error(told, "mend the one that is wrong", "examples", index))
    return faults


def _names(catalogue: Catalogue, row: Disclosure) -> Iterator[TillitError]:
    file = catalogue.files[row.disclosure]
    for index, law in enumerate(row.law):
        if law.sfs not in catalogue.acts:
            yield file.error(f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index)
    for code in row.recipients:
        if code not in catalogue.recipients:
            yield file.error(f"there is no recipient '{code}'", "see recipients.yaml", "recipients")
