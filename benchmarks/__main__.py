"""Runs the benchmarks: `python -m benchmarks [name] [--rows N]`; every module here with a `run(rows)` is one."""

import argparse
import importlib
import pkgutil
import sys

import benchmarks
from benchmarks.ratio import Ratio

_ROWS = 10_000_000


def main() -> int:
    """Prints each ratio beside its goal; 1 where a goal is not reached."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if _runs(module.name)]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=names, help="one of them; without it all are run")
    parser.add_argument("--rows", type=int, default=_ROWS)
    asked = parser.parse_args()
    measured: list[Ratio] = []
    for name in [asked.name] if asked.name else names:
        for ratio in importlib.import_module(f"benchmarks.{name}").run(asked.rows):
            measured.append(ratio)
            print(shown(name, ratio), flush=True)
    return 0 if all(ratio.is_met for ratio in measured) else 1


def shown(name: str, ratio: Ratio) -> str:
    """One line of the result."""
    verdict = "ok" if ratio.is_met else "MISSED"
    return (
        f"{name:12} {ratio.name}: {ratio.ours_s:.2f} {ratio.unit} / {ratio.theirs_s:.2f} {ratio.unit} "
        f"= {ratio.ratio:.2f} (goal {ratio.goal:g}) {verdict}"
    )


def _runs(name: str) -> bool:
    return not name.startswith("_") and hasattr(importlib.import_module(f"benchmarks.{name}"), "run")


if __name__ == "__main__":
    sys.exit(main())
