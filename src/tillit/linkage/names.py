"""How the name and the address of a company are written before they are compared."""

import re
import unicodedata

_FORMS = (
    r"AKTIEBOLAGET|AKTIEBOLAG|AB|PUBL|HANDELSBOLAGET|HANDELSBOLAG|HB|KOMMANDITBOLAGET|KOMMANDITBOLAG|KB|"
    r"EKONOMISK FORENING|EK FOR|EF|IDEELL FORENING|STIFTELSEN|BOSTADSRATTSFORENINGEN|BRF|ENSKILD FIRMA|FIRMA|"
    r"I LIKVIDATION|I KONKURS|FILIAL|INC|LTD|LLC|CORP|CORPORATION"
)
_FORM = re.compile(rf"\b(?:{_FORMS})\b")
_STREETS = re.compile(r"\b(?:GATAN|GATA|GAT|G|STREET|STR|ST|AVENUE|AVE|AV|ROAD|RD|BOULEVARD|BLVD|DRIVE|DR)\b")
_ENDINGS = ((re.compile(r"(?<=\w)(?:GATAN|GATA)\b"), "G"), (re.compile(r"(?<=\w)(?:VAGEN|VAG)\b"), "V"))


def company_key(name: str) -> str:
    """A company's name without what says its form, in one way of writing. Good as a hint, and never as a key.

    >>> company_key("Solbackens Omsorg Aktiebolag (publ)"), company_key("AB SOLBACKENS omsorg")
    ('SOLBACKENS OMSORG', 'SOLBACKENS OMSORG')
    >>> company_key("Stiftelsen Björken"), company_key("Björken ek. för.")
    ('BJORKEN', 'BJORKEN')
    """
    plain = _plain(name)
    return re.sub(r"\s+", " ", _FORM.sub(" ", plain)).strip() or plain


def place_key(address: str) -> str:
    """An address in one way of writing: number, street without its kind, and what follows.

    >>> place_key("Storgatan 4 B"), place_key("STORG. 4B")
    ('STORG 4B', 'STORG 4B')
    >>> place_key("4217 W. 18th St. ")
    '4217 W 18TH'
    """
    plain = _plain(address)
    for ending, short in _ENDINGS:
        plain = ending.sub(short, plain)
    plain = re.sub(r"\b(\d+) ([A-Z])\b(?! \w)", r"\1\2", plain)
    return re.sub(r"\s+", " ", _STREETS.sub(" ", plain)).strip() or plain


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.upper())
    letters = "".join(one for one in folded if not unicodedata.combining(one))
    return re.sub(r"[^0-9A-Z]+", " ", letters).strip()
