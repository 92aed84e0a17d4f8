"""Currencies as reports name them: ISO 4217 codes, and the signs that stand for one of them."""

import re

# $ stands for twenty currencies; in the channel's reports it is the US dollar unless a column says otherwise.
_BY_SIGN = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "EURO": "EUR", "SFR": "CHF"}
# The codes in use (ISO 4217, list one), without metals, funds and testing codes.
CODES = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    BGN HRK DEM ATS NLG FRF ITL ESP""".split()
)
# Those that a heading is likely to mean; ALL, TOP or TRY over a column are words.
_IN_HEADINGS = frozenset("EUR USD GBP CHF PLN CZK HUF SEK NOK DKK RON BRL JPY CAD AUD".split())
_WORD = re.compile(r"[A-Za-z]+|[€$£¥]")


def currency_of(text: str) -> str | None:
    """The ISO code that a cell or a sign stands for; None if it is no currency.

    >>> currency_of(" eur ")
    'EUR'
    """
    word = text.strip().upper()
    return word if word in CODES else _BY_SIGN.get(word)


def currency_in_heading(heading: str) -> str | None:
    """The one currency that a heading names; None where it names none or several.

    >>> currency_in_heading("Umsatz netto €")
    'EUR'
    """
    words = _WORD.findall(heading)
    codes = {code for word in words if (code := currency_of(word)) in _IN_HEADINGS}
    return codes.pop() if len(codes) == 1 else None
