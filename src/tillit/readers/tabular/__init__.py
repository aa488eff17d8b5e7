"""Tables of columns, declared in a source and run as columns: no Python for each line of a plain file."""

from tillit.readers.tabular.read import read_table

__all__ = ["read_table"]
