"""Rows held beside each other by a model of what agreement weighs (Fellegi and Sunter), which Splink learns from them.

The work is done in a process of its own: where it dies of its memory, what asked is told so and lives on.
"""

import importlib.util
import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from tillit.errors import RefusedError
from tillit.linkage.parts import Field, Plan, Proposal

Row = Mapping[str, object]

THRESHOLD = 0.9
"""What is less likely than this is not proposed. It is tuned on nothing."""

_MEMORY = "2GB"
_PAIRS, _SEED = 1e6, 1


class NoLinkage(RefusedError):
    """Links were asked for, and what finds them is not here."""


class LinkageFailed(RefusedError):
    """The rows could not be compared."""


def propose(
    rows: Sequence[Row], plan: Plan, *, others: Sequence[Row] | None = None, threshold: float = THRESHOLD
) -> list[Proposal]:
    """Pairs that may be the same, the likeliest first.

    Takes: rows with `id` as text and the plan's columns, empty where nothing is known; `others`, where rows are held
    beside those of another list and not beside each other.
    Raises: NoLinkage, LinkageFailed.
    """
    if importlib.util.find_spec("splink") is None:
        raise NoLinkage("Splink is not installed", fix="install requirements/links.txt")
    given = (list(rows), None if others is None else list(others), plan, threshold)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as apart:
        try:
            return apart.submit(_propose, *given).result()
        except BrokenProcessPool as fault:
            raise LinkageFailed(
                "the rows could not be compared: the work died", fix="compare fewer at a time"
            ) from fault


def _propose(rows: list[Row], others: list[Row] | None, plan: Plan, threshold: float) -> list[Proposal]:
    import duckdb
    import pyarrow
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect(config={"threads": "2", "memory_limit": _MEMORY})
    backend = DuckDBAPI(connection)
    names = ["id", *(field.name for field in plan.fields)]
    lists = [rows] if others is None else [rows, others]
    laid = [
        backend.register(
            pyarrow.table({name: [_text(row.get(name)) for row in one] for name in names}), table_name=f"list_{place}"
        )
        for place, one in enumerate(lists)
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if others is None else "link_only",
        unique_id_column_name="id",
        comparisons=[_comparison(field) for field in plan.fields],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in plan.beside],
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(laid, settings, log_level="ERROR")
    learn = linker.training
    learn.estimate_probability_two_random_records_match([block_on(*rule) for rule in plan.train], recall=0.8)
    learn.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=_SEED)
    for rule in plan.train:
        learn.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=threshold, warning_mode="never")
    gammas = ", ".join(f"gamma_{field.name}" for field in plan.fields)
    answered = connection.execute(
        f"SELECT id_l, id_r, match_probability, {gammas} FROM {found.physical_name} "
        "ORDER BY match_probability DESC, id_l, id_r"
    ).fetchall()
    found_pairs = [_proposal(row, plan) for row in answered]
    return _likeliest(found_pairs) if plan.only_one else found_pairs


def _likeliest(found: list[Proposal]) -> list[Proposal]:
    """Each other's likeliest; none where two are as likely."""
    best: dict[str, list[Proposal]] = {}
    for one in found:
        for side in (one.one, one.other):
            kept = best.setdefault(side, [])
            if not kept or one.probability >= kept[0].probability:
                kept.append(one)
    return [one for one in found if best[one.one] == [one] == best[one.other]]


def _proposal(row: tuple[Any, ...], plan: Plan) -> Proposal:
    one, other, probability, *levels = row
    told = list(zip((field.name for field in plan.fields), levels, strict=True))
    agrees = tuple(name for name, level in told if level > 0)
    differs = tuple(name for name, level in told if level == 0)
    return Proposal(str(one), str(other), float(probability), agrees, differs)


def _comparison(field: Field) -> Any:
    import splink.comparison_library as compared

    if field.compare == "name":
        how = compared.JaroWinklerAtThresholds(field.name, [0.95, 0.88, 0.8])
        return how.configure(term_frequency_adjustments=True)
    if field.compare == "text":
        return compared.LevenshteinAtThresholds(field.name, [1, 3])
    if field.compare == "day":
        return compared.AbsoluteDateDifferenceAtThresholds(
            field.name, input_is_string=True, metrics=["day", "day"], thresholds=[1, 5]
        )
    return compared.ExactMatch(field.name).configure(term_frequency_adjustments=True)


def _text(value: object) -> str | None:
    return None if value is None or str(value).strip() == "" else str(value)
