"""The parts of which faults are built: a status, an action, a question, a panel added to any service."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]
COUNTS = (("setuju", "for"), ("tolak", "against"), ("abstain", "abstain"))


def said(words: str) -> dict[str, str]:
    return {"id": words, "en": words}


def role(document: Document) -> str:
    key: str = document["workflow"]["roles"][0]["key"]
    return key


def final(document: Document, outcome: str) -> str:
    """Return a final status with that outcome; one is added where there is none."""
    statuses = document["workflow"]["statuses"]
    for status in statuses:
        if status.get("outcome") == outcome:
            return str(status["key"])
    key = f"akhir_{outcome}"
    statuses.append({"key": key, "title": said(key), "kind": "final", "outcome": outcome})
    return key


def status(document: Document, key: str, **more: Any) -> dict[str, Any]:
    made = {"key": key, "title": said(key), "kind": "work", "due": {"amount": 1, "unit": "days"}, **more}
    document["workflow"]["statuses"].append(made)
    return made


def action(document: Document, key: str, from_: str, to: str | None, who: Any = None, **more: Any) -> None:
    made = {"key": key, "title": said(key), "from": [from_], "who": who or {"role": role(document)}, **more}
    if to is not None:
        made["to"] = to
    document["workflow"]["actions"].append(made)


def start(document: Document) -> str:
    key: str = document["workflow"]["start"]
    return key


def question(document: Document, key: str, *, page: int = 0, **more: Any) -> None:
    made = {"key": key, "type": "choice", "label": said(key), **more}
    made["options"] = [{"value": value, "label": said(value)} for value in ("a", "b", "c")]
    document["pages"][page]["fields"].append(made)


def officers_page(document: Document, key: str, fields: list[dict[str, Any]]) -> None:
    document["pages"].append({"key": key, "title": said(key), "for": role(document), "fields": fields})


def officers_choice(key: str, **more: Any) -> dict[str, Any]:
    options = [{"value": value, "label": said(value)} for value in ("a", "b")]
    return {"key": key, "type": "choice", "label": said(key), "options": options, **more}


def is_(key: str, value: str) -> dict[str, Any]:
    return {"==": [{"var": key}, value]}


def panel(document: Document, complete: list[Any], *, seats: int = 3, votes: int = 2, **more: Any) -> None:
    """Plant a status in which a panel decides: `jadi` and `gugur` are what may follow."""
    outcomes = [{"key": k, "title": said(k), "counts": counts} for k, counts in COUNTS[:votes]]
    task = {"key": "suara_x", "title": said("suara"), "role": role(document), "outcomes": outcomes}
    task |= {"seats": seats, **more}
    status(document, "sidang_x", tasks=[task], complete=complete)
    action(document, "ke_sidang_x", start(document), "sidang_x")
    action(document, "jadi_x", "sidang_x", final(document, "granted"), "system")
    action(document, "gugur_x", "sidang_x", final(document, "refused"), "system")
