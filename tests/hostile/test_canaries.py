"""T35: an application full of canaries goes all its ways, and none of them is found where it must not be."""

from __future__ import annotations

import base64
import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from PIL import Image

from runtime.cases.models import Case
from runtime.effects import services as effects
from runtime.letters.models import IssuedLetter
from runtime.outside import fetch
from runtime.outside import services as outside
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.hostile import canaries
from tests.hostile.canaries import FILE, FREE, INSIDE, MAIL, NAME, NIK, NOTE, PHONE, REPLIED, STREET, TOLD
from tests.runtime import lettered
from tests.runtime.conftest import receiver as receiver  # the fixture
from tests.runtime.inbox.test_act import checked, form
from tests.runtime.outside.receiver import Receiver
from tests.runtime.wizard.forms import DATA, Applicant

Words = dict[str, str]
SERVICE = "izin"
MAY_KEEP = {
    "cases.Case": {NAME, MAIL, NIK, PHONE, STREET, FILE, FREE},
    "cases.CaseEvent": {NOTE},
    "cases.Attachment": {FILE},
    "cases.Correction": {NOTE, FREE},
    "cases.Word": {NAME, STREET, FREE},
    "cases.Message": {INSIDE, TOLD, REPLIED},
    "effects.EffectRun": {NOTE},
}
"""Where personal data lie once everything was sent: no draft, no outbox and no log holds the applicant."""


def text() -> str:
    """Return the service: every personal kind of question, mail, telephone, another system and a letter."""
    document = json.loads(lettered.as_text(key=SERVICE))
    own = [
        {"key": "nik", "type": "nik", "label": {"id": "NIK"}},
        {"key": "hp", "type": "phone", "label": {"id": "HP"}},
        {"key": "street", "type": "text", "label": {"id": "Alamat"}, "privacy": "personal"},
        {"key": "story", "type": "longtext", "label": {"id": "Uraian"}, "privacy": "personal"},
    ]
    document["pages"][0]["fields"] += own
    document["applicant"] = {"name": "name", "email": "email", "phone": "hp", "proof": "nik"}
    flow, told = document["workflow"], {"webhook": "keuangan", "data": ["age"]}
    flow["filed"] += [{"message": "received", "to": "applicant", "via": "sms"}, told]
    for action in flow["actions"]:
        action["effects"] = [*action.get("effects", []), told]
    facts = "{reference} {service} {status} {number} {office} {link}"
    for message in document["messages"]:
        message["body"] = {"id": facts}
    return json.dumps(document)


class World:
    """A region with an application, everybody who meets it, and all that is sent on the way."""

    def __init__(
        self, region: Region, client_on: ClientOn, post: canaries.Post, receiver: Receiver, log: canaries.Log
    ) -> None:
        self.region, self.post, self.receiver, self.log = region, post, receiver, log
        office = Region.objects.get(key="sukasari")
        clerk, head = factories.staff("clerk", office, "loket"), factories.staff("head", office, "lurah")
        chief = factories.staff("administrator", region, "pengelola")
        root = factories.person("akar")
        root.is_staff = root.is_superuser = True
        root.save()
        self.clerk, self.head, self.chief = (client_on(region, one) for one in (clerk, head, chief))
        self.root, self.stranger = client_on(region, root), client_on(region, factories.person("lain"))
        self.applicant = client_on(region)

    def case(self) -> Case:
        with scope.use(self.region):
            return Case.objects.get()

    def work_off(self) -> None:
        with scope.use(self.region):
            effects.run_due(now=timezone.now())

    def act(self, client: Client, action: str, **values: Any) -> None:
        reference = self.case().reference
        answer = client.post(f"/desk/cases/{reference}/{action}/", form(client, reference, action, **values))
        assert answer.status_code == 302, (action, answer.content.decode()[-3000:])
        self.work_off()


@pytest.fixture
def world(
    tangerang: Region,
    client_on: ClientOn,
    receiver: Receiver,
    settings: Any,
    tmp_path: Path,
) -> Iterator[World]:
    settings.MEDIA_ROOT = tmp_path
    with canaries.post_office(settings) as post, canaries.listening() as log:
        made = World(tangerang, client_on, post, receiver, log)
        factories.installed(tangerang, text())
        with scope.use(tangerang):
            for name, kind, token in (("Keuangan", "webhook", ""), ("Gerbang", "sms", "kunci")):
                outside.add(
                    region=tangerang,
                    name=name,
                    kind=kind,
                    address=receiver.address,
                    token=token,
                    now=timezone.now(),
                )
        yield made


def picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "JPEG")
    return SimpleUploadedFile(f"{FILE}.jpg", drawn.getvalue(), "image/jpeg")


def file_application(world: World) -> None:
    """File an application with a canary in every personal answer, through the forms."""
    person = Applicant(world.applicant, SERVICE)
    given = {"name": NAME, "email": MAIL, "nik": NIK, "hp": f"0{PHONE}", "street": STREET, "story": FREE}
    wrong = person.post("data", **(DATA | given | {"age": FREE}))
    assert FREE in wrong.content.decode()
    answer = person.post("data", **(DATA | given))
    assert answer.status_code == 302, answer.content.decode()
    answer = person.post("more", paper=picture())
    assert answer.status_code == 302
    assert person.send().status_code == 302
    world.work_off()


def live(world: World) -> None:
    """Let everything happen to it: comments both ways, a correction, signing, a letter, and its end."""
    reference = world.case().reference
    address = f"/desk/cases/{reference}/comments/write/"
    for once, reader, words in (("a", "comment:internal", INSIDE), ("b", "comment:applicant", TOLD)):
        given = {"text": words, "reader": reader, "once": once * 32}
        assert world.clerk.post(address, given).status_code == 302
    given = {"text": REPLIED, "once": "c" * 32}
    assert world.applicant.post(f"/track/{reference}/messages/write/", given).status_code == 302
    world.act(world.clerk, "send_back", comment=NOTE, send_back=["story"])
    case = world.case()
    answer = world.applicant.post(
        f"/track/{reference}/correct/", {"story": f"{FREE} lagi", "_revision": str(case.revision)}
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    world.act(world.clerk, "forward", **checked())
    world.clerk.post(f"/desk/cases/{reference}/")
    world.act(world.head, "sign")


@pytest.fixture
def lived(world: World) -> World:
    file_application(world)
    live(world)
    return world


def said(client: Client, path: str, *statuses: int, **more: Any) -> str:
    answer = client.get(path, **more)
    assert answer.status_code in (statuses or (200,)), (path, answer.status_code)
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(dict(answer.headers))


class TestDetector:
    """The judge of these tests sees a canary that is planted, on each way that it watches."""

    @pytest.mark.parametrize("bird", canaries.ALL)
    @pytest.mark.parametrize(
        "write",
        [
            str,
            str.upper,
            lambda bird: bird.replace(" ", "\n "),
            lambda bird: bird.replace("a", "&#97;"),
            lambda bird: "".join(f"%{ord(c):02x}" for c in bird),
            lambda bird: json.dumps({"x": [bird]}),
            lambda bird: base64.b64encode(f"xxx {bird} yyy".encode()).decode(),
        ],
        ids=["plain", "upper", "broken", "escaped", "percent", "json", "base64"],
    )
    def test_sees_each_however_it_is_written(self, bird: str, write: Callable[[str], str]) -> None:
        assert bird in canaries.found(f"<p>abc {write(bird)} def</p>")

    def test_sees_nothing_where_there_is_nothing(self) -> None:
        assert canaries.found("Siti 3671010101900001 08123 kenari " * 30) == set()

    def test_sees_what_is_planted_in_mail_log_and_message(self, world: World) -> None:
        EmailMessage(f"Über {NAME}", f"ü {FREE}", to=["x@contoh.id"]).send()
        logging.getLogger("rakit.anything").debug("seen %s", NIK, extra={"place": STREET})
        fetch.fetch(world.receiver.address, method="POST", body=STREET.encode(), headers={})
        assert canaries.found("".join(world.post.said())) == {NAME, FREE}
        assert canaries.found(world.log.text()) == {NIK, STREET}
        assert canaries.found(str([got.body for got in world.receiver.got])) == {STREET}

    def test_sees_them_where_they_belong(self, lived: World) -> None:
        """What the clerk is shown has them: the way there is the same for all."""
        page = said(lived.clerk, f"/desk/cases/{lived.case().reference}/")
        assert canaries.found(page) >= {NAME, STREET, FREE, FILE, INSIDE, TOLD, REPLIED, NOTE}


class TestCanaries:
    def test_T35_leave_in_no_mail_message_or_notice(self, lived: World) -> None:
        assert {line for to, _text in lived.post.mails for line in to} >= {f"RCPT TO:<{MAIL}>".upper()}
        assert len(lived.post.mails) >= 4
        assert canaries.found("\n".join(lived.post.said())) == set()
        bodies = [json.loads(got.body) for got in lived.receiver.got]
        notices = [body for body in bodies if "type" in body]
        texts = [body for body in bodies if "channel" in body]
        assert (len(notices) >= 5, [body.pop("to") for body in texts]) == (True, [f"+62{PHONE}"] * 2)
        assert canaries.found(json.dumps(bodies)) == set()

    def test_T35_stand_in_no_log_and_no_table_but_those_of_the_case(self, lived: World) -> None:
        assert len(lived.log.lines) > 20
        assert canaries.found(lived.log.text()) == set()
        found = canaries.tables()
        assert {table: birds - MAY_KEEP.get(table, set()) for table, birds in found.items()} == {
            table: set() for table in found
        }

    def test_T35_leave_in_no_event_log(self, lived: World) -> None:
        for kind in ("xes", "csv"):
            text = said(lived.chief, "/desk/eventlog/", data={"service": SERVICE, "form": kind})
            assert "review" in text
            assert canaries.found(text) == set()

    def test_T5_are_shown_to_no_stranger(self, lived: World) -> None:
        reference = lived.case().reference
        with scope.use(lived.region):
            letter = IssuedLetter.objects.get()
        for path in (
            f"/track/{reference}/",
            f"/track/{reference}/views/",
            f"/track/{reference}/letters/{letter.pk}/",
        ):
            assert canaries.found(said(lived.stranger, path, 302)) == set()
        wrong = lived.stranger.post("/track/", {"reference": reference, "proof": "salah"})
        assert canaries.found(wrong.content.decode()) == set()
        for path in (
            "/account/",
            "/account/letters/",
            "/account/views/",
            "/account/export/",
            "/profile/",
            "/",
        ):
            assert canaries.found(said(lived.stranger, path)) == set()

    def test_T35_are_masked_where_a_letter_is_vouched_for(self, lived: World) -> None:
        with scope.use(lived.region):
            letter = IssuedLetter.objects.get()
        page = said(lived.stranger, f"/verify/{letter.code}/")
        assert letter.number in page
        assert canaries.found(page) == set()

    def test_T35_stand_in_lists_of_administrators_by_name_at_most(self, lived: World) -> None:
        named = {"/desk/registers/", "/desk/tasks/"}
        for path in (
            *("registers", "tasks", "views", "deliveries", "connections", "staff", "versions", "calendar"),
            *("account", "eventlog"),
        ):
            birds = canaries.found(said(lived.chief, f"/desk/{path}/"))
            assert birds <= ({NAME} if f"/desk/{path}/" in named else set()), path
        for path in ("effects/effectrun", "modules/moduleversion", "modules/installation", "regions/user"):
            assert canaries.found(said(lived.root, f"/django-admin/{path}/")) == set(), path

    def test_T35_stand_on_no_page_of_an_error(self, lived: World, monkeypatch: pytest.MonkeyPatch) -> None:
        reference = lived.case().reference
        for path, status in (
            (f"/desk/cases/{reference}/", 403),
            (f"/services/{FREE}/", 404),
            (f"/track/{reference}/leave/", 405),
        ):
            assert canaries.found(said(lived.stranger, path, status)) <= {FREE}

        def broken(*_given: Any, **_more: Any) -> None:
            raise RuntimeError("the page cannot be drawn")

        monkeypatch.setattr("runtime.inbox.views.case.render", broken)
        lived.clerk.raise_request_exception = False
        lived.log.lines.clear()
        assert canaries.found(said(lived.clerk, f"/desk/cases/{reference}/", 500)) == set()
        assert "the page cannot be drawn" in lived.log.text()
        assert canaries.found(lived.log.text()) == set()
