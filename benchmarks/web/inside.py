"""Runs a module of this package inside an installation: `python -m benchmarks.web.inside city 1000000`.

What it gives is written as JSON. Each installation has its own settings, which Django reads once a process.
"""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    name, *words = sys.argv[1:]
    json.dump(importlib.import_module(f"benchmarks.web.{name}").main(*words), sys.stdout)
