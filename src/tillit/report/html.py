"""A result as one page that stands alone: no script to read it, no file beside it, nothing fetched."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tillit.catalogue import Catalogue
from tillit.report import words
from tillit.report.charts import Bar, bars, columns
from tillit.report.figures import Sum, by_control, by_provider, over_time, total
from tillit.report.names import Names, names_of
from tillit.report.values import kronor, length, rounded_kronor, whole
from tillit.report.view_files import files_read
from tillit.report.view_findings import controls_with_findings
from tillit.report.view_gaps import missing_tables, not_checked
from tillit.store import Result

_BARS = 10
_PROVIDERS = 100


def page(result: Result, catalogue: Catalogue) -> str:
    """The page of findings, the same text for the same result and content."""
    names, sum = names_of(result, catalogue), total(result.findings)
    controls, providers = by_control(result), by_provider(result)
    return _environment().get_template("page.html.j2").render(
        result=result,
        names=names,
        sum=sum,
        sure=kronor(sum.ore_of["sure"]),
        possible=_rest_of(sum.ore, sum.ore_of["sure"]),
        controls=controls,
        providers=dict(list(providers.items())[:_PROVIDERS]),
        providers_left=max(0, len(providers) - _PROVIDERS),
        number_of_providers=len(providers.keys() - {""}),
        found=controls_with_findings(result, names),
        files=files_read(result, names),
        missing=missing_tables(result, names),
        not_checked=not_checked(result, names),
        charts=_charts(result, controls, providers, names),
        buckets=over_time(result.findings),
        style=Markup(files("tillit.report").joinpath("style.css").read_text(encoding="utf-8")),
    )  # fmt: skip


def _rest_of(ore: int, part: int) -> str:
    """What is left of an amount, so that the parts shown add up to the whole shown."""
    return kronor((rounded_kronor(ore) - rounded_kronor(part)) * 100)


def _charts(
    result: Result, controls: Mapping[str, Sum], providers: Mapping[str, Sum], names: Names
) -> dict[str, Markup]:
    """The charts that have something to show."""
    amounts = [Bar(names.provider(id), sum.ore_of) for id, sum in providers.items() if sum.ore > 0]
    numbers = [Bar(names.control(id), sum.number_of) for id, sum in controls.items() if sum.findings]
    buckets = over_time(result.findings)
    charts = {}
    if amounts:
        charts["amounts"] = bars("c-amounts", "Belopp att förklara, per anordnare", _largest(amounts), kronor)
    if numbers:
        charts["numbers"] = bars("c-numbers", "Antal fynd, per kontroll", _largest(numbers), whole)
    if buckets:
        charts["time"] = columns("c-time", "Antal fynd över tid", buckets)
    return charts


def _largest(rows: list[Bar]) -> list[Bar]:
    """The largest bars first, and one for all that there is no room for."""
    rows = sorted(rows, key=lambda bar: (-bar.size, bar.name))
    if len(rows) <= _BARS:
        return rows
    rest = rows[_BARS - 1 :]
    parts = {kind: sum(row.parts.get(kind, 0) for row in rest) for kind in words.CERTAINTY}
    return [*rows[: _BARS - 1], Bar(f"Övriga ({len(rest)})", parts)]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tillit.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"kronor": kronor, "hours": length, "whole": whole}
    environment.globals |= {"words": words, "count": words.count}
    return environment
