"""A town drawn at random, of any size, straight into the store: what the controls are proved on."""

from tillit.demo.drawn.district import Kind, Truth
from tillit.demo.drawn.lists import write_lists
from tillit.demo.drawn.town import DrawnTown, draw_town, inhabitants_of
from tillit.demo.drawn.wrongs import NOT_PLANTED

__all__ = ["NOT_PLANTED", "DrawnTown", "Kind", "Truth", "draw_town", "inhabitants_of", "write_lists"]
