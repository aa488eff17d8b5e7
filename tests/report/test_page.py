"""The page stands alone, shows nobody's identity, and says what a manager needs in an order she can follow."""

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html
from made_up import EVIL, FORMULA, catalogue, result

from tillit.report.html import page
from tillit.store import Finding, Message, Result

IDENTITY = re.compile(
    r"(?<![0-9a-f])(?:(?:18|19|20)[0-9]{6}[-+]?[0-9]{4}|[0-9]{2}[01][0-9][0-9]{2}[-+]?[0-9]{4})(?![0-9a-f])"
)
LOADED_BY = {"src", "srcset", "data", "poster", "action", "formaction", "background", "xlink:href"}


@pytest.fixture(scope="module")
def text() -> str:
    return page(result(), catalogue())


@pytest.fixture(scope="module")
def parsed(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def said(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split()).replace(" ,", ",").replace(" :", ":")


def test_nothing_is_fetched_and_no_script_is_run(text, parsed):
    assert parsed.xpath("//script | //link | //img | //iframe | //object | //embed") == []
    assert [name for element in parsed.iter() for name in element.attrib if name in LOADED_BY or name[:2] == "on"] == []
    assert [link for link in parsed.xpath("//a/@href") if not link.startswith("#")] == []
    assert re.findall(r"url\(|@import", text) == []
    policy = parsed.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_every_link_leads_to_a_place_on_the_page(parsed):
    places = set(parsed.xpath("//@id"))
    assert [link for link in parsed.xpath("//a/@href") if link[1:] not in places] == []
    assert len(places) == len(parsed.xpath("//@id"))


def test_no_identity_number_is_on_the_page(text):
    assert IDENTITY.findall("19 890101-9802 198901019802 890101-9802 8901019802") != []  # what could leak would be seen
    assert IDENTITY.findall(text) == []


def test_a_name_that_looks_like_code_is_only_a_name(parsed):
    assert "<script>" not in html.tostring(parsed, encoding="unicode").replace("&lt;script&gt;", "")
    rows = [said(row) for row in parsed.xpath("//table[@class='sums']/tbody/tr/th")]
    assert f"{EVIL} 556987-6543" in rows
    assert f"{FORMULA} 559123-4567" in rows


def test_the_same_result_gives_the_same_bytes(text):
    assert page(Result.from_json(result().to_json()), catalogue()) == text


def test_it_is_in_swedish_with_headings_in_order(parsed):
    assert parsed.xpath("/html/@lang") == ["sv"]
    assert [said(one) for one in parsed.xpath("//h1 | //h2")] == [
        "Fynd att reda ut", "Översikt", "Fynden, kontroll för kontroll", "Vad som lästes",
        "Vad som inte kontrollerades", "Så räknas beloppen", "Versioner",
    ]  # fmt: skip
    levels = [int(one.tag[1]) for one in parsed.xpath("//h1 | //h2 | //h3 | //h4")]
    assert [(one, two) for one, two in pairwise(levels) if two > one + 1] == []


def test_every_table_has_headings_that_say_what_they_are_of(parsed):
    assert [one for one in parsed.xpath("//table") if not one.xpath(".//thead/tr/th")] == []
    assert parsed.xpath("//th[not(@scope)]") == []


def test_every_chart_has_a_name_and_is_told_in_words(parsed):
    charts = parsed.xpath("//*[local-name()='svg']")
    assert [chart.get("role") for chart in charts] == ["img"] * 3
    for chart in charts:
        title, about = chart.get("aria-labelledby").split()
        assert chart.xpath(f"*[@id='{title}']/text()") != []
        assert chart.xpath(f"*[@id='{about}']/text()") != []


def test_no_word_accuses_anyone(parsed):
    words = re.findall(r"\w+", said(parsed.body).lower())
    accusing = ("fusk", "bluff", "misstänkt", "brottslig", "skyldig", "bedräg", "lura")
    ours = [word for word in words if word.startswith(accusing)]
    assert ours == []


def test_certainties_are_told_apart_and_add_up(parsed):
    figures = {said(one.xpath("dt")[0]): said(one) for one in parsed.xpath("//dl[@class='figures']/div")}
    sure = [one for one in result().findings if one.certainty == "sure"]
    possible = [one for one in result().findings if one.certainty == "possible"]
    others = len(result().findings) - len(sure) - len(possible)
    assert (
        figures["Fynd"]
        == f"Fynd {len(result().findings)} {len(sure)} säkra, {len(possible)} möjliga, {others} indikationer"
    )
    amounts = [int(re.sub(r"\D", "", part)) for part in re.findall(r"[0-9][0-9  ]* kr", figures["Belopp att förklara"])]
    assert amounts[0] == amounts[1] + amounts[2]


def test_a_finding_leads_to_its_file_and_line(parsed):
    finding = result(findings=60).findings[0]
    row = finding.evidence[0]
    shown = parsed.xpath(f"//tbody[@id='f-{finding.id[:8]}']//tbody/tr[1]/td")
    assert [said(cell) for cell in shown[:2]] == [row.file, str(row.line)]
    assert parsed.xpath(f"//tbody[@id='l-{row.sha256[:12]}']/tr[1]/th/text()") == [row.file]


def test_rows_show_what_the_finding_has_not_said_already(parsed):
    one = next(one for one in result().findings if one.control == "ASS-01" and one.provider)
    behind = parsed.xpath(f"//tbody[@id='f-{one.id[:8]}']//thead/tr/th")
    assert [said(heading) for heading in behind] == ["Fil", "På rad", "Rad", "Från", "Till", "Minuter", "Typ"]


def test_a_person_is_a_short_code_and_a_sole_trader_is_one_too(parsed):
    finding = next(one for one in result().findings if one.client)
    shown = parsed.xpath(f"//tbody[@id='f-{finding.id[:8]}']/tr[1]/td[@class='g']//b/text()")
    assert shown[0] == finding.client[:9]
    names = [said(row) for row in parsed.xpath("//h3[@id='per-anordnare']/following::table[1]/tbody/tr/th")]
    assert [name for name in names if name.startswith("Enskild")] == ["Enskild firma 4000-0000"]


def test_details_are_told_in_the_words_of_the_reader():
    details = {"other_provider_id": "5560160680", "kind": "active", "overlap_minutes": 90, "billed_ore": 123_450}
    people = {"other_worker_ids": "4KQ7-9X2M-00001, 5KQ7-9X2M-00001"}
    one = replace(result().findings[0], details=details | people)
    parsed = html.document_fromstring(page(replace(result(), findings=[one]), catalogue()))
    assert [said(part) for part in parsed.xpath("//tr[@class='behind']//summary/span")] == [
        "other_provider_id Assistans i Norr AB", "kind Aktiv tid", "overlap_minutes 1 h 30 min",
        "billed_ore 1 234,50 kr", "other_worker_ids 4KQ7-9X2M, 5KQ7-9X2M",
    ]  # fmt: skip


def test_two_persons_whose_codes_begin_alike_are_told_apart():
    alike = [replace(one, client=f"4KQ7-9X2M-0000{n}", worker=None) for n, one in enumerate(result().findings[:2])]
    codes = html.document_fromstring(page(replace(result(), findings=alike), catalogue())).xpath(
        "//td[@class='g']//b/text()"
    )
    assert sorted(codes) == ["4KQ7-9X2M-00000", "4KQ7-9X2M-00001"]


def test_what_was_counted_elsewhere_is_said_at_the_finding(parsed):
    finding = next(one for one in result().findings if one.gross_at_risk_ore > one.at_risk_ore and one.minutes_at_risk)
    notes = [said(one) for one in parsed.xpath(f"//tbody[@id='f-{finding.id[:8]}']//td/p")]
    assert [note.startswith("Fyndet gäller ") and note.endswith("räknas i andra fynd.") for note in notes] == [True]


def test_a_control_says_its_law_its_explanations_and_what_is_left(parsed):
    control = parsed.xpath("//article[@id='ASS-01']")[0]
    laws = [said(one) for one in control.xpath(".//h4[.='Lag']/following-sibling::ul[1]/li")]
    assert laws == [
        "11 a § LSS: arbetsgivaren rapporterar varje månad tiden hos varje brukare",
        "12 § LSS: kommunen får besluta om återbetalning av det som lämnats felaktigt Inte läst i lagtexten än.",
    ]
    assert [said(one) for one in control.xpath(".//h4[.='Redan prövat']/following-sibling::ul[1]/li")] == [
        "Ett besök hos två personer i samma hushåll, enligt beslut.",
        "Klockor som går några minuter olika.",
    ]
    lists = [said(one) for one in control.xpath(".//h4[.='Förklaringar att fråga om']/following-sibling::*")]
    assert lists == [
        "En rad är rättad, och den gamla raden har blivit kvar i filen.",
        "Kunde inte prövas den här gången, för underlag saknas:",
        "En av personerna var på sjukhus, och raden är planerad tid.",
    ]


def test_refused_lines_are_told_by_reason_in_swedish(parsed):
    rows = parsed.xpath("//h3[.='Avvisade rader']/following-sibling::div[1]//tbody/tr")
    assert [[said(cell) for cell in row] for row in rows] == [
        ["1", "hela filen", "filen är tom", "be om den igen"],
        [
            "31",
            f"{', '.join(map(str, range(40, 60)))}, … (31)",
            "'25:00' är inget klockslag",
            "skriv TT:MM från 00:00 till 24:00",
        ],
    ]


def test_a_sum_that_differs_from_what_the_file_says_is_pointed_out(parsed):
    totals = [said(row) for row in parsed.xpath("//h3[.='Summor före och efter']/following-sibling::div[1]//tbody/tr")]
    assert [total for total in totals if total.endswith("stämmer inte")] == [
        "Belopp netto (kr) 9 123 456,00 kr 9 123 456,00 kr 0,00 kr 9 123 455,00 kr stämmer inte"
    ]


def test_what_was_not_checked_says_what_to_deliver(parsed):
    missing = parsed.xpath("//h3[@id='saknas']/following::table[1]/tbody/tr")
    assert [[said(cell) for cell in row] for row in missing] == [
        ["Tillstånd", "ASS-22, HEM-18", "tillit template permit"],
        ["Pris", "HEM-18", "tillit template price"],
        [
            "Frånvaro",
            "Förklaringar som inte kunde prövas: ASS-01: En av personerna var på sjukhus, och raden är planerad tid.",
            "tillit template absence",
        ],
    ]
    not_done = parsed.xpath("//h3[@id='inte-gjorda']/following::table[1]/tbody/tr")
    assert [said(row[2]) for row in not_done] == [
        "Underlag saknas: Tillstånd.",
        "Inget av underlagen är lämnat, och ett räcker: Tillstånd, Pris.",
    ]


def test_a_sentence_that_is_not_translated_is_marked_as_english():
    odd = replace(result(), messages=[Message("x.csv", "something new", "")])
    parsed = html.document_fromstring(page(odd, catalogue()))
    assert parsed.xpath("//div[@class='note']//span[@lang='en']/text()") == ["something new"]


def test_a_run_without_findings_says_so_and_what_it_means():
    parsed = html.document_fromstring(page(replace(result(), findings=[]), catalogue()))
    assert parsed.xpath("//*[local-name()='svg']") == []
    assert [said(one) for one in parsed.xpath("//section[@id='fynden']/p")] == ["Inga fynd."]


def test_content_that_is_gone_does_not_hinder_the_report():
    bare = replace(catalogue(), controls={}, tables={}, acts={}, follow_up={})
    parsed = html.document_fromstring(page(result(), bare))
    assert len(parsed.xpath("//article")) == 4


def test_twelve_thousand_findings_make_a_page_that_opens():
    many, content = result(12_000), catalogue()
    started = time.process_time()  # of the processor: a busy machine is no failure
    text = page(many, content)
    assert time.process_time() - started < 3
    assert len(text.encode()) < 5_000_000
    parsed = html.document_fromstring(text)
    amount_of = {one.id[:8]: one.at_risk_ore for one in many.findings}
    for article in parsed.xpath("//article"):
        shown = [amount_of[id[2:]] for id in article.xpath(".//tbody/@id")]
        of_control = sorted(
            (one.at_risk_ore for one in many.findings if one.control == article.get("id")), reverse=True
        )
        assert shown == of_control[:200]
        left = f"{len(of_control) - 200:,}".replace(",", " ")
        assert said(article.xpath("p[@class='more']")[0]) == (
            f"De 200 största visas. {left} fynd till finns i findings.xlsx, bladet Fynd."
        )


def test_a_finding_with_very_many_rows_shows_the_first_of_them():
    one: Finding = result(findings=1, rows=500).findings[0]
    parsed = html.document_fromstring(page(replace(result(), findings=[one]), catalogue()))
    assert len(parsed.xpath("//tr[@class='behind']//div[@class='scroll']//tbody/tr[td/a]")) == 10
    assert [said(more) for more in parsed.xpath("//details/p[@class='more']")][:1] == [
        "490 rader till finns i findings.xlsx, bladet Rader bakom."
    ]
