"""From a short description of steps to a whole workflow: with correction, refusal, withdrawal and an end.

The description is one of the files in `paths`; `posts` says for each role it names which role of a document
that is. What comes out is a document's workflow like any other, and the panel can show it as a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder import blank
from builder.approvals import pieces

Piece = dict[str, Any]
Posts = Mapping[str, Piece]
NUMBER = "number"


def workflow(path: Piece, posts: Posts) -> Piece:
    """Return the workflow of a path."""
    steps: list[Piece] = path["steps"]
    keys = [step["key"] for step in steps]
    following = [*steps[1:], None]
    made: Piece = {
        "start": keys[0],
        "roles": [*({**post, "where": "region"} for post in _each_once(posts.values()))],
        "statuses": [
            *(_status(step, before, posts) for step, before in zip(steps, [None, *steps], strict=False)),
            blank.correction_status(),
            {"key": "granted", "title": path["granted"], "kind": "final", "outcome": "granted"},
            blank.refused_status(),
            blank.withdrawn_status(),
            blank.expired_status(),
        ],
        "actions": [
            *(
                one
                for step, after in zip(steps, following, strict=True)
                for one in _actions(step, after, posts)
            ),
            blank.resubmit_action(keys[0]),
            blank.withdraw_action([*keys, "correction"]),
            blank.expire_action("correction"),
        ],
        "filed": [{"mail": "received", "to": "applicant"}],
    }
    if any(step.get(NUMBER) for step in steps):
        made["registers"] = [blank.register()]
    return made


def messages(made: Piece) -> list[Piece]:
    """Return the notices a workflow sends."""
    effects = [
        *made["filed"],
        *(effect for action in made["actions"] for effect in action.get("effects", ())),
    ]
    sent = {effect.get("mail") for effect in effects}
    return [one for one in (*blank.messages(), *pieces.messages()) if one["key"] in sent]


def pages(path: Piece, posts: Posts, ready: Mapping[str, Piece]) -> list[Piece]:
    """Return the pages that officers fill in on a path, in the order of its steps, out of those `ready`."""
    asked = (one for step in path["steps"] for one in voices(step) if "page" in one)
    return [_for(ready[one["page"]], posts[one["role"]]["key"]) for one in asked]


def voices(step: Piece) -> list[Piece]:
    """Return those who decide a step, each with their role and their page: often that is the step itself."""
    found: list[Piece] = step["panel"]["voices"] if "panel" in step else [step]
    return found


def _for(page: Piece, role: str) -> Piece:
    return {"key": page["key"], "title": page["title"], "for": role, "fields": page["fields"]}


def _each_once(posts: Any) -> Iterator[Piece]:
    known: set[str] = set()
    for post in posts:
        if post["key"] not in known:
            known.add(post["key"])
            yield post


def _status(step: Piece, before: Piece | None, posts: Posts) -> Piece:
    made: Piece = {
        "key": step["key"],
        "title": step["title"],
        "public_title": step["public_title"],
        "kind": "work",
        "due": {"amount": step["days"], "unit": "working_days"},
    }
    panel = step.get("panel")
    if panel:
        made["tasks"] = [_voice(step, at, one, posts) for at, one in enumerate(panel["voices"])]
        made["complete"] = _rules(step)
    elif before and before.get("picks"):
        role = posts[step["role"]]["key"]
        made["tasks"] = [{"key": _task(step), "title": step["title"], "role": role, "assign": "chosen"}]
    return made


def _voice(step: Piece, at: int, one: Piece, posts: Posts) -> Piece:
    role, seats = posts[one["role"]]["key"], one.get("seats", 1)
    return pieces.voice(_task(step, at), role, one["title"], seats=seats, page=one.get("page", ""))


def _task(step: Piece, at: int = 0) -> str:
    return f"{step['key']}_{at + 1}"


def _rules(step: Piece) -> list[Piece]:
    """Return when those who decide a step have decided. `heard`: they only advise."""
    rule = step["panel"]["rule"]
    agreed, declined = f"agreed_{step['key']}", f"declined_{step['key']}"
    if rule == "heard":
        return [{"if": "all_decided", "do": agreed}]
    if rule == "all":
        return [{"if": "any_against", "do": declined}, {"if": "all_for", "do": agreed}]
    wanted = rule["for"]
    return [{"if": {"for": wanted}, "do": agreed}, {"if": {"unreachable": wanted}, "do": declined}]


def _actions(step: Piece, after: Piece | None, posts: Posts) -> Iterator[Piece]:
    key = step["key"]
    panel = step.get("panel")
    advance = pieces.agreed_action(key) if panel else blank.approve_action(key, _role(step, posts))
    if after:
        advance["to"] = after["key"]
        del advance["effects"]
    if "button" in step:
        advance["title"] = step["button"]
    if step.get(NUMBER):
        advance["changes"] = [{"number": blank.register()["key"]}]
    asked = {
        **({"page": step["page"]} if "page" in step else {}),
        **({"person": _task(after)} if after and step.get("picks") else {}),
    }
    if asked:
        advance["ask"] = asked
    yield advance
    if panel and panel["rule"] != "heard":
        yield pieces.declined_action(key)
    yield from _other_ways(step, posts)
    yield from _clocks(step, posts)


def _other_ways(step: Piece, posts: Posts) -> Iterator[Piece]:
    key = step["key"]
    if step.get("back"):
        yield blank.return_action(key, _role(step, posts))
    if step.get("again"):
        yield pieces.again_action(key, _role(step, posts), step["again"])
    if step.get("refuse"):
        yield blank.refuse_action(key, _role(step, posts))


def _clocks(step: Piece, posts: Posts) -> Iterator[Piece]:
    if step.get("remind"):
        yield pieces.remind_action(step["key"], _role(step, posts), days=step["remind"])
    if step.get("escalate"):
        yield pieces.escalate_action(step["key"], days=step["escalate"])


def _role(step: Piece, posts: Posts) -> str:
    key: str = posts[voices(step)[0]["role"]]["key"]
    return key
