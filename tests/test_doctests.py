"""Every example in a docstring is run, and must say what the code does."""

import doctest
import importlib
import pkgutil

import pytest

import tillit

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(tillit.__path__, "tillit.")
    if not module.name.endswith(("__main__", ".wsgi"))  # importing these would run the program
)


@pytest.mark.parametrize("name", ["tillit", *MODULES])
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
