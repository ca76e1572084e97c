"""F10, F14–F16: the form changes under the citizen: another window, a new version, a closed service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.models import ProtectedError

from runtime.cases.models import Case
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions import scope
from tests.faults import count, world
from tests.faults.citizen import Browser, begin, to_review, values_of
from tests.faults.table import Row
from tests.faults.world import World
from tests.runtime import permit
from tests.runtime.permit import text

ELSEWHERE = "di jendela lain"


def two_windows(here: World) -> Iterator[Row]:
    """F10: two windows, an old page, the back button, reloading, and the same page after filing."""
    name, wrong = "F10 Ani", []
    browser = here.browser()
    review = to_review(browser, name)
    home = review.path.rsplit("/", 2)[0] + "/"
    data: dict[str, str] = values_of("data", name) or {}

    other = Browser(browser.port, dict(browser.cookies))
    old = other.get(f"{home}data/")
    browser.post(browser.get(f"{home}data/"), f"{home}data/", **(data | {"age": "31"}))
    told = other.post(old, old.path, **(data | {"reason": "a"}))
    wrong += [] if ELSEWHERE in told.text else ["the older window was not told of the newer answer"]
    stale = browser.post(review, review.path, agree="on")
    wrong += [] if stale.step == "review" else ["an old check was filed unseen"]
    back = browser.get(f"{home}data/")
    wrong += [] if 'value="31"' in back.text else ["going back does not show the last answer"]
    fresh = browser.get(f"{home}review/")
    filed = browser.post(fresh, fresh.path, agree="on")
    for late in (
        browser.get(f"{home}review/"),
        browser.post(fresh, fresh.path, agree="on"),
        other.post(old, old.path, **(data | {"name": "F10 Budi"})),
        browser.get(f"{home}receipt/"),
    ):
        if late.reference != filed.reference:
            wrong.append(f"after filing, {late.path} answered {late.status} and not the receipt")
    kept = _answers(filed.reference)
    expected = {"name": name, "age": 31, "reason": "a"}
    missing = [key for key, value in expected.items() if kept.get(key) != value]
    yield here.judged(
        "F10",
        "two windows, an old page, back, reload, and each page again after filing",
        told={name: filed.reference},
        among="F10",
        wrong=[*wrong, *(f"the last answer to {key} is lost" for key in missing)],
        notes=["both windows' last answers are in the case; each later page shows the one receipt"],
    )


def new_version(here: World) -> Iterator[Row]:
    """F14: a new version is published between each two steps of an application under way."""
    told, wrong = {}, []
    with _as_before():
        first = _number()
        for between in range(4):
            name = f"F14 {between}"
            browser, turn = here.browser(), 0
            page = begin(browser)
            began = _number()
            while not page.reference:
                if turn == between:
                    count.install(_number() + 1, pages=_other_pages())
                values = values_of(page.step, name)
                if page.status != 200 or values is None:
                    wrong.append(f"{page.path} answered {page.status}")
                    break
                page, turn = browser.post(page, page.path, **values), turn + 1
            told[name] = page.reference
            kept = _case(page.reference) if page.reference else None
            if kept is not None and (
                kept.version.number != began or kept.answers.get("detail") != "Uji coba"
            ):
                wrong.append(f"the application begun on {began} was filed on {kept.version.number}")
            count.install(_number() + 1)
        last = _number()
    officer = here.browser(here.person("clerk"))
    for reference in told.values():
        page = officer.get(f"/desk/cases/{reference}/")
        wrong += [] if page.status == 200 else [f"the old version's case page answered {page.status}"]
    yield here.judged(
        "F14",
        "a version with another question and one less is published between each two steps",
        told=told,
        among="F14",
        wrong=wrong,
        notes=[f"{last - first} versions published; each application kept the one it began with"],
    )


def closed_midway(here: World) -> Iterator[Row]:
    """F15: the service closes while applications are under way; nobody can delete what cases need."""
    wrong = []
    finishing, waiting, newcomer = here.browser(), here.browser(), here.browser()
    first, second = to_review(finishing, "F15 closing"), to_review(waiting, "F15 closed")
    page = newcomer.get("/services/izin/")
    with _state("closing"):
        begun = newcomer.post(page, "/services/izin/start/")
        wrong += ["a new application was begun while closing"] if begun.path.startswith("/apply/") else []
        told = {"F15 closing": finishing.post(first, first.path, agree="on").reference}
    with _state("closed"):
        refused = waiting.post(second, second.path, agree="on")
        wrong += (
            [f"closed, but answered {refused.status}"] if refused.status != 200 or refused.reference else []
        )
    again = waiting.get(second.path)
    wrong += [] if "F15 closed" in again.text else ["what was typed is gone after closing"]
    told["F15 closed"] = waiting.post(again, again.path, agree="on").reference
    with scope.use(count.city()):
        try:
            ModuleVersion.objects.get(pk=_case(told["F15 closing"]).version_id).delete()
            wrong.append("a version that cases need could be deleted")
        except ProtectedError:
            pass
    connections.close_all()
    yield here.judged(
        "F15",
        "closing and closed in the middle of applications; deleting the version of a case",
        told=told,
        among="F15",
        wrong=wrong,
    )


def template_edited(here: World) -> Iterator[Row]:
    """F16: the text of a message is edited; cases under way keep theirs."""
    cases = here.to_sign(2, "F16")
    before, after = cases.values()
    officer, wrong = here.browser(here.person("head")), []
    with _as_before():
        world.sign(officer, before)
        edited = [{**one, "body": text("Naskah baru {link}")} for one in permit.document()["messages"]]
        count.install(_number() + 1, messages=edited)
        world.sign(officer, after)
        newer = here.to_sign(1, "F16 new")
        (newest,) = newer.values()
        world.sign(officer, newest)
        here.drained()
    bodies = {ref: _mail(here, ref).replace(ref, "…") for ref in (before, after, newest)}
    wrong += [] if bodies[before] == bodies[after] != "" else ["a case under way got the edited text"]
    wrong += [] if "Naskah baru" in bodies[newest] else ["a new case did not get the edited text"]
    yield here.judged(
        "F16",
        "the text of a mail is edited between two signatures of cases of the same version",
        told=cases | newer,
        among="F16",
        signed=[before, after, newest],
        wrong=wrong,
        notes=["equal to the byte but for the reference; letters have no templates yet"],
    )


def _mail(here: World, reference: str) -> str:
    found = [m for m in here.stack.mails() if str(m["Subject"]) == f"done: {reference}"]
    return str(found[0].get_content()) if found else ""


def _other_pages() -> list[dict[str, Any]]:
    """Return the pages of the permit with one more question and without the one of the second page."""
    pages = permit.document()["pages"]
    pages[0]["fields"].append({"key": "extra", "type": "text", "label": text("Baru"), "required": True})
    pages[1]["fields"] = pages[1]["fields"][1:]
    return pages


@contextmanager
def _as_before() -> Iterator[None]:
    """Publish the service as it was once more, afterwards."""
    try:
        yield
    finally:
        count.install(_number() + 1)


@contextmanager
def _state(state: str) -> Iterator[None]:
    """Have the service in another state for a while."""

    def change(to: str) -> None:
        with scope.use(count.city()):
            Installation.objects.filter(key="izin").update(state=to)
        connections.close_all()

    change(state)
    try:
        yield
    finally:
        change("open")


def _number() -> int:
    with scope.use(count.city()):
        newest: int = ModuleVersion.objects.filter(key="izin").latest("number").number
    connections.close_all()
    return newest


def _case(reference: str) -> Case:
    with scope.use(count.city()):
        found: Case = Case.objects.select_related("version").get(reference=reference)
    connections.close_all()
    return found


def _answers(reference: str) -> dict[str, Any]:
    return dict(_case(reference).answers) if reference else {}
