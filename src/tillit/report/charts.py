"""Charts as inline SVG that follow the page: its width, its colours, dark mode and print.

Widths are percentages and heights are pixels, and there is no viewBox: so the text keeps its size on
a telephone, where a drawing that is scaled as a whole would shrink it to nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tillit.report.figures import Bucket
from tillit.report.values import whole
from tillit.report.words import CERTAINTY

_ROW, _BAR = 42, 10
_PLOT, _AXIS = 150, 26
_LETTERS, _LETTERS_ON_NARROW = 52, 31
_ALL_LABELS, _FEWER_LABELS = 12, 6

_BOX = Markup(
    '<svg class="chart" width="100%" height="{height}" role="img" aria-labelledby="{id}-t {id}-d">'
    '<title id="{id}-t">{title}</title><desc id="{id}-d">{about}</desc>{drawing}</svg>'
)
_NAME = Markup('<text{where} x="0" y="{y}">{name}</text>')
_VALUE = Markup('<text class="value" x="100%" y="{y}" text-anchor="end">{text}</text>')
_TRACK = Markup('<rect class="track" x="0" y="{y}" width="100%" height="{height}" rx="2"/>')
_PART = Markup('<rect class="{kind}" x="{x}%" y="{y}" width="{width}%" height="{height}"/>')
_OVER = Markup('<text class="value" x="{x}%" y="{y}" text-anchor="middle">{text}</text>')
_UNDER = Markup('<text class="under" x="{x}%" y="{y}" text-anchor="middle">{text}</text>')
_LINE = Markup('<rect class="line" x="0" y="{y}" width="100%" height="1"/>')


@dataclass(frozen=True)
class Bar:
    """A bar: its name, and how it is divided by certainty."""

    name: str
    parts: dict[str, int]

    @property
    def size(self) -> int:
        """The whole bar."""
        return sum(self.parts.values())


def bars(id: str, title: str, rows: Sequence[Bar], in_words: Callable[[int], str]) -> Markup:
    """Bars that lie, the name and the value over each; told in words for those who do not see it."""
    largest = max((row.size for row in rows), default=0) or 1
    drawing = Markup("")
    for number, row in enumerate(rows):
        top = number * _ROW
        drawing += _name(row.name, top + 16) + _VALUE.format(y=top + 16, text=in_words(row.size))
        drawing += _TRACK.format(y=top + 24, height=_BAR)
        at = 0.0
        for kind in CERTAINTY:
            width = 100 * row.parts.get(kind, 0) / largest
            if width:
                drawing += _PART.format(kind=kind, x=_share(at), y=top + 24, width=_share(width), height=_BAR)
            at += width
    about = "; ".join(f"{row.name}: {in_words(row.size)}" for row in rows)
    return _BOX.format(id=id, title=title, about=about, height=len(rows) * _ROW, drawing=drawing)


def columns(id: str, title: str, buckets: Sequence[Bucket]) -> Markup:
    """Columns over time, the number over each where there is room for it."""
    sizes = [sum(bucket.number_of.values()) for bucket in buckets]
    largest = max(sizes, default=0) or 1
    width = 100 / max(len(buckets), 1)
    few = len(buckets) <= _ALL_LABELS
    step = 1 if few else -(-len(buckets) // _FEWER_LABELS)
    drawing = Markup("")
    for number, (bucket, size) in enumerate(zip(buckets, sizes, strict=True)):
        left, middle = number * width, _share((number + 0.5) * width)
        base = _PLOT
        for kind in CERTAINTY:
            height = round((_PLOT - 24) * bucket.number_of.get(kind, 0) / largest)
            base -= height
            if height:
                place = {"x": _share(left + width * 0.14), "width": _share(width * 0.72)}
                drawing += _PART.format(kind=kind, y=base, height=height, **place)
        if size and (size == largest or (few and largest < 1000)):
            drawing += _OVER.format(x=middle, y=base - 6, text=whole(size))
        if number % step == 0:
            drawing += _UNDER.format(x=middle, y=_PLOT + 19, text=bucket.label if few else bucket.about)
    drawing += _LINE.format(y=_PLOT)
    about = "; ".join(f"{bucket.about}: {whole(size)}" for bucket, size in zip(buckets, sizes, strict=True))
    return _BOX.format(id=id, title=title, about=about, height=_PLOT + _AXIS, drawing=drawing)


def _share(number: float) -> str:
    """A percentage without needless decimals: the page holds thousands of them."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _name(name: str, y: int) -> Markup:
    """The name over a bar; a long one in two lengths, of which the style shows that which has room."""
    if len(name) <= _LETTERS_ON_NARROW:
        return _NAME.format(where="", y=y, name=name)
    wide, narrow = Markup(' class="wide"'), Markup(' class="narrow"')
    return _NAME.format(where=wide, y=y, name=_cut(name, _LETTERS)) + _NAME.format(
        where=narrow, y=y, name=_cut(name, _LETTERS_ON_NARROW)
    )


def _cut(name: str, letters: int) -> str:
    """A name that fits, with a sign that it goes on.

    >>> _cut("Assistans i Norr AB", 12)
    'Assistans i…'
    """
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"
