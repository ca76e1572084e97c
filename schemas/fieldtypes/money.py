"""An amount of money, in whole units of the smallest coin of its `currency` (ISO 4217).

Rupiah are counted whole: the sen of the standard has not been used for decades.
"""

from __future__ import annotations

from typing import Any

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType, bounds, rounded

LARGEST = 2**53 - 1
LIMIT = {"type": "integer", "minimum": 0, "maximum": LARGEST}
RUPIAH = "IDR"

# Digits after the point: ISO 4217 as of 2026, without funds and metals. Part of the format: what is
# withdrawn later stays here, so that a published document is never wrong one day.
_CODES = {
    0: "BIF CLP DJF GNF IDR ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
        CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
        HTG HUF ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP
        MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR
        SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD
        UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
}
PLACES = {code: places for places, codes in _CODES.items() for code in codes.split()}


def currency(field: Field) -> str:
    return str(field.settings.get("currency", RUPIAH))


class MoneyType(FieldType):
    name = "money"
    value_type = "number"
    settings = {
        "currency": {"enum": sorted(PLACES)},
        "minimum": LIMIT,
        "maximum": LIMIT,
        "cost": {"type": "boolean"},
    }

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "integer",
            "minimum": 0,
            "maximum": LARGEST,
            **bounds(field, "minimum", "maximum"),
            "x-currency": currency(field),
        }

    def computed(self, field: Field, value: Any) -> int | None:
        whole = rounded(value, 0)
        return None if whole is None else int(whole)


TYPE = MoneyType()
