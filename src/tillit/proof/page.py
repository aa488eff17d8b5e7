"""The proof as a page of the docs: every control with its figures and intervals, and what they cannot say."""

from collections.abc import Iterator

from tillit.demo.drawn import NOT_PLANTED
from tillit.proof.prove import FALSE_ALARMS, RECALL, Proof, Tried

_KINDS = ("honest", "careless", "organised")
_COLUMNS = (
    "Control", "Type", "Planted", "Found", "Recall", " / ".join(_KINDS), "Amounts", "Honest units", "False alarms",
    "Seen too", "Goal",
)  # fmt: skip
_ABOUT = """\
Towns are drawn at random (`content/plans/town.yaml`), with all that is odd and honest at its rate, and wrongs are put
in at random places: by honest mistake, by carelessness, and as a scheme. A wrong is found when the control that it is
for tells of the same provider, client or worker and days. A false alarm is a finding where nothing is wrong. Goals: of
what is wrong at least {recall:.0%} found (rules and deviations), of the honest at most {false_alarms:.0%} told, and
every amount to the öre. Intervals are Wilson's, 95 %.

**What this does not say.** The town is made up by those who wrote the controls. It shows that a control does what it
says, and that what is known to be odd and honest does not set it off. How often a control is right on real payments,
only a random sample of real payments says (`docs/decisions/0020-how-controls-are-judged.md`)."""
_READING = """\
*Amounts*: how many of those found have minutes, öre and days exactly as planted. *Seen too*: findings of a unit in
which a wrong for another control was put; both are right to ask."""


def page(proof: Proof, *, command: str) -> str:
    """The page, in Markdown.

    Takes: `command`, which made it.
    """
    return "\n".join(_lines(proof, command)) + "\n"


def _lines(proof: Proof, command: str) -> Iterator[str]:
    seeds = f"{proof.seeds[0]}–{proof.seeds[-1]}" if len(proof.seeds) > 1 else str(proof.seeds[0])
    yield "# What the controls find, and how often they are wrong"
    yield ""
    yield f"Made by `{command}`; seeds {seeds}; content `{proof.content[:16]}`; {proof.entries:,} rows of time."
    yield ""
    yield from _ABOUT.format(recall=RECALL, false_alarms=FALSE_ALARMS).splitlines()
    yield ""
    yield f"| {' | '.join(_COLUMNS)} |"
    yield "|---|---|--:|--:|---|---|--:|---|---|--:|---|"
    yield from (_row(one) for one in sorted(proof.tried.values(), key=lambda one: one.control) if one.recall)
    yield ""
    yield from _READING.splitlines()
    yield ""
    yield "## Silent on the honest, with nothing planted"
    yield ""
    yield from (_silent(one) for one in sorted(proof.tried.values(), key=lambda one: one.control) if not one.recall)
    if proof.missed or proof.inexact or proof.alarms:
        yield from _to_mend(proof)


def _row(one: Tried) -> str:
    kinds = " / ".join(f"{one.found[kind]} of {one.planted[kind]}" if one.planted[kind] else "–" for kind in _KINDS)
    found = one.found.total()
    return (
        f"| {one.control} | {one.type} | {one.planted.total()} | {found} | {_shown(one.recall)} | {kinds} "
        f"| {one.exact} of {found} | {one.honest:,} {one.unit} | {_shown(one.false_alarms, 2)} | {one.echoes.total()} "
        f"| {'met' if one.is_met else '**missed**'} |"
    )


def _silent(one: Tried) -> str:
    told = (
        f"{one.alarms} false alarms of {one.honest:,} {one.unit}"
        if one.honest
        else "it does not run: what it reads is not drawn"
    )
    why = NOT_PLANTED.get(one.control, "no wrong is written for it yet, or none found a place")
    return f"- {one.control}: {told}{f', {one.echoes.total()} seen too' if one.echoes else ''}. Nothing planted: {why}."


def _shown(share: tuple[float, float, float] | None, decimals: int = 1) -> str:
    if share is None:
        return "–"
    value, low, high = (f"{100 * part:.{decimals}f}" for part in share)
    return f"{value} % ({low}–{high})"


def _to_mend(proof: Proof) -> Iterator[str]:
    yield ""
    yield "## To mend"
    yield ""
    for seed, truth in proof.missed[:20]:
        yield f"- seed {seed}: {truth.control} did not find: {truth.what} ({truth.kind})"
    for seed, truth in proof.inexact[:20]:
        yield f"- seed {seed}: {truth.control} found with another amount: {truth.what} ({truth.kind})"
    for seed, finding in proof.alarms[:20]:
        yield f"- seed {seed}: {finding.control} told of the honest, {finding.period_from}"
