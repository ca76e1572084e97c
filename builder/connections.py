"""Whether the region is connected to the registers that a document names. What is missing is told."""

from __future__ import annotations

from collections.abc import Iterator

from runtime import preview
from runtime.regions.models import Region
from schemas.definition import Module
from schemas.lookups import lookups
from schemas.problems import Problem

NOT_CONNECTED = "registers.not_connected"
CANNOT_TELL = "registers.cannot_tell"
CANNOT_BE_ASKED = "registers.cannot_be_asked"


def missing(module: Module, region: Region, *, language: str) -> Iterator[Problem]:
    """Yield a warning for each question whose register is not there or cannot do what is wanted of it."""
    known = {one["key"]: one for one in preview.registers(region, language=language)}
    for asked, fields in lookups(module.filing_pages()).items():
        register = known.get(asked.register)
        for field in fields:
            place = f"{field.at}/prefill"
            data = {"name": field.key, "region": str(region), "register": asked.register}
            if register is None:
                yield Problem(NOT_CONNECTED, f"{place}/register", "warning", data)
                continue
            data["register"] = register["title"]
            value = (field.prefill or {})["value"]
            if value not in register["values"]:
                yield Problem(CANNOT_TELL, f"{place}/value", "warning", {**data, "value": value})
            if not {parameter for parameter, _key in asked.by} & set(register["asked"]):
                yield Problem(CANNOT_BE_ASKED, f"{place}/by", "warning", data)
