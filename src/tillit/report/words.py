"""The Swedish words for our codes: what a certainty, a type or a unit is called, and what it means to its reader."""

from typing import NamedTuple


class Word(NamedTuple):
    """A code in Swedish: the word itself, and one sentence for those who wonder."""

    word: str
    means: str


CERTAINTY: dict[str, Word] = {
    "sure": Word("Säkert", "Uppgifterna går inte ihop, hur de än läses."),
    "possible": Word("Möjligt", "Uppgifterna går inte ihop i minst en av de läsningar som är rimliga."),
    "indication": Word(
        "Indikation", "Ett mönster att titta närmare på. Det räcker aldrig ensamt, och bär inget belopp."
    ),
}
"""In the order in which they are shown."""

TYPE: dict[str, Word] = {
    "rule": Word("Regel", "Raderna säger något som inte kan ha hänt, eller som en regel inte tillåter."),
    "deviation": Word("Avvikelse", "Raderna skiljer sig från beslutet, beställningen, avtalet eller planen."),
    "indicator": Word(
        "Indikator",
        "Ett statistiskt mönster. Det krävs minst två av varandra oberoende mönster, och en människas bedömning, "
        "innan någon kontaktas.",
    ),
    "control_not_done": Word("Utebliven kontroll", "En kontroll som skulle ha gjorts saknas i underlaget."),
    "data_quality": Word("Uppgifternas kvalitet", "Uppgifterna är för svaga för att någon ska kunna lita på dem."),
}

SEVERITY: dict[int, Word] = {
    4: Word("Före betalning", "Vänta med de berörda raderna tills de är förklarade. Betala resten."),
    3: Word("Utan dröjsmål", "Be om en förklaring nu."),
    2: Word("I dialogen", "Ta upp det vid nästa uppföljning med anordnaren."),
    1: Word("Rätta uppgiften", "Det gäller uppgifternas kvalitet, inte pengarna."),
}

AREA: dict[str, str] = {
    "assistance": "Personlig assistans",
    "home_care": "Hemtjänst",
    "placement": "Placeringar",
    "invoice": "Fakturor och betalningar",
    "supplier": "Leverantörer och tillstånd",
    "procurement": "Inköp",
    "grant": "Föreningsbidrag",
    "economic": "Ekonomiskt bistånd",
    "network": "Samband mellan företag",
    "process": "Kommunens egna kontroller",
}

UNIT: dict[str, str] = {
    "minutes": "minuter",
    "ore": "kronor",
    "days": "dagar",
    "rows": "rader",
    "share": "andel",
    "count": "antal",
}

STATUS: dict[str, str] = {
    "accepted": "Läst",
    "accepted_with_remarks": "Läst med anmärkningar",
    "rejected": "Inte läst",
}

DELIMITER: dict[str, str] = {";": "semikolon", ",": "komma", "\t": "tabb", "|": "lodstreck"}

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def word(words: dict[str, Word], code: str) -> str:
    """The word for a code; a code that has none is shown as it is.

    >>> word(CERTAINTY, "sure"), word(CERTAINTY, "new")
    ('Säkert', 'new')
    """
    return words[code].word if code in words else code


def count(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> count(1, "rad", "rader"), count(1200, "rad", "rader").replace(chr(160), "_")
    ('1\\xa0rad', '1_200_rader')
    """
    return f"{number:,}\u00a0{one if number == 1 else many}".replace(",", "\u00a0")


def long_date(day: str) -> str:
    """A day as it is written in running text.

    >>> long_date("2025-04-01").replace(chr(160), "_")
    '1_april_2025'
    """
    year, month, date = day.split("-")
    return f"{int(date)}\u00a0{MONTHS[int(month) - 1]}\u00a0{year}"


def listed(parts: list[str]) -> str:
    """Several things in one sentence.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b och c')
    """
    return " och ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
