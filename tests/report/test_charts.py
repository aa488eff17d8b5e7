"""Charts are drawn to scale, told in words, and hold what names come."""

from datetime import date

from lxml import etree

from tillit.report.charts import Bar, bars, columns
from tillit.report.figures import Bucket
from tillit.report.values import whole


def drawn(text: str) -> etree._Element:
    return etree.fromstring(text)


def widths(chart: etree._Element, kind: str) -> list[str]:
    return chart.xpath(f"rect[@class='{kind}']/@width")


def test_the_longest_bar_is_full_and_the_others_are_in_proportion():
    chart = drawn(bars("c", "Antal", [Bar("A", {"sure": 30, "possible": 10}), Bar("B", {"sure": 10})], whole))
    assert (widths(chart, "sure"), widths(chart, "possible")) == (["75%", "25%"], ["25%"])
    assert chart.xpath("rect[@class='possible']/@x") == ["75%"]


def test_a_bar_of_nothing_is_drawn_as_nothing():
    assert widths(drawn(bars("c", "Antal", [Bar("A", {"sure": 0})], whole)), "sure") == []


def test_it_is_told_in_words():
    chart = drawn(bars("c", "Antal", [Bar("A & B", {"sure": 1_200})], whole))
    assert (chart.findtext("title"), chart.findtext("desc")) == ("Antal", "A & B: 1\u00a0200")


def test_a_long_name_has_a_short_form_for_narrow_screens():
    chart = drawn(bars("c", "Antal", [Bar("Omsorgsbolaget i Mellansverige Aktiebolag", {"sure": 1})], whole))
    assert [(one.get("class"), one.text) for one in chart.findall("text")[:2]] == [
        ("wide", "Omsorgsbolaget i Mellansverige Aktiebolag"), ("narrow", "Omsorgsbolaget i Mellansverige…"),
    ]  # fmt: skip


def test_a_column_stands_on_the_line_and_the_tallest_is_as_tall_as_the_plot():
    buckets = [Bucket(date(2025, month, 1), f"m{month}", f"månad {month}", {"sure": month}) for month in (1, 2)]
    chart = drawn(columns("c", "Tid", buckets))
    feet = [int(one.get("y")) + int(one.get("height")) for one in chart.xpath("rect[@class='sure']")]
    assert feet == [150, 150]
    assert chart.xpath("rect[@class='sure']/@height") == ["63", "126"]


def test_many_columns_have_few_labels():
    buckets = [Bucket(date(2000 + n, 1, 1), f"{n}", f"år {n}", {"sure": 1}) for n in range(40)]
    chart = drawn(columns("c", "Tid", buckets))
    assert chart.xpath("text[@class='under']/text()") == ["år 0", "år 7", "år 14", "år 21", "år 28", "år 35"]
