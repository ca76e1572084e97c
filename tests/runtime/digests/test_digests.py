"""What is new for officers: gathered once, told in one mail, of nothing that is theirs no longer."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runtime.cases import selectors as cases
from runtime.digests import gathering
from runtime.effects import services as outbox
from runtime.effects.models import EffectRun
from runtime.modules.models import Installation
from runtime.notices import selectors, services
from runtime.notices.models import News, Wish
from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import NOW, Village
from tests.runtime.postoffice import Post

State = EffectRun.State
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def wish(desk: Village, user: User, rhythm: str = "daily", **more: Any) -> None:
    values: dict[str, Any] = {
        "at": time(7),
        "gather": False,
        "quiet_from": None,
        "quiet_until": None,
        "language": "",
        "now": desk.now - HOUR,
    }
    services.of_officer(region=desk.region, user=user, rhythm=rhythm, **(values | more))


def pass_time(now: datetime) -> None:
    """Look at the news and work the outbox off, as the runner does."""
    gathering.gather_due(now)
    outbox.run_due(now=now)


def to(post: Post, user: User) -> list[Any]:
    return [one for one in post.taken if one["To"] == user.email]


class TestTheDailyMail:
    def test_gathers_all_new_tasks_into_one_mail_of_references_and_links(
        self, desk: Village, post: Post
    ) -> None:
        wish(desk, desk.clerk)
        first, second = desk.submit().reference, desk.submit().reference
        pass_time(desk.now + HOUR)
        assert not to(post, desk.clerk)
        pass_time(desk.now + DAY - HOUR)  # eight in the morning: later than seven
        (mail,) = to(post, desk.clerk)
        body = mail.get_content()
        assert mail["Subject"] == "2 permohonan menunggu Anda · Kota Tangerang"
        for reference in (first, second):
            assert f"Tugas baru: Surat Izin ({reference})" in body
            assert f"/desk/cases/{reference}/" in body
        assert "/desk/account/notices/" in body

    def test_tells_nothing_twice(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk)
        desk.submit()
        for day in (1, 2, 3):
            pass_time(desk.now + day * DAY)
        assert len([one for one in to(post, desk.clerk) if "Tugas baru" in one.get_content()]) == 1

    def test_that_is_late_tells_no_more_than_at_its_hour(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk)
        early = desk.submit().reference
        desk.now += DAY - HOUR  # eight: nothing ran at seven
        late = desk.submit().reference
        pass_time(desk.now + HOUR)
        (mail,) = to(post, desk.clerk)
        assert early in mail.get_content()
        assert late not in mail.get_content()
        pass_time(desk.now + DAY)
        assert late in to(post, desk.clerk)[1].get_content()

    def test_comes_at_the_hour_of_the_region(self, desk: Village, post: Post) -> None:
        desk.region.timezone = "Asia/Jayapura"  # two hours ahead: seven is five in Jakarta
        desk.region.save()
        wish(desk, desk.clerk)
        desk.submit()
        five = desk.now + DAY - 4 * HOUR
        pass_time(five - timedelta(minutes=1))
        assert not to(post, desk.clerk)
        pass_time(five)
        assert len(to(post, desk.clerk)) == 1

    def test_leaves_out_what_was_done_meanwhile(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk)
        done = desk.submit().reference
        gathering.gather_due(desk.now + DAY)
        desk.forward(done)
        outbox.run_due(now=desk.now + DAY)
        assert not to(post, desk.clerk)
        assert EffectRun.objects.get(type="digest").state == State.DROPPED

    def test_never_repeats_what_a_citizen_wrote(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk, "now")
        given = permit.answers(
            village=desk.office.key, name="KANARI<b>\r\nBcc: x@y.id", reason="b", detail="KANARI"
        )
        desk.submit(answers=given)
        pass_time(desk.now)
        assert len(to(post, desk.clerk)) == 1
        assert "KANARI" not in post.told()
        assert not any(one["Bcc"] for one in post.taken)

    def test_can_be_put_off_as_a_whole(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk, "none")
        desk.submit()
        pass_time(desk.now + DAY)
        assert not to(post, desk.clerk)

    def test_gathers_the_mails_of_services_when_wished(self, desk: Village, post: Post) -> None:
        wish(desk, desk.head, gather=True)
        reference = desk.submit().reference
        desk.forward(reference)
        pass_time(desk.now)
        assert not to(post, desk.head)
        pass_time(desk.now + DAY - HOUR)
        (mail,) = to(post, desk.head)
        assert f"Tugas baru, Pemberitahuan layanan: Surat Izin ({reference})" in mail.get_content() or (
            f"Pemberitahuan layanan, Tugas baru: Surat Izin ({reference})" in mail.get_content()
        )

    def test_is_in_the_language_of_the_officer(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk, "now", language="en")
        desk.submit()
        pass_time(desk.now)
        (mail,) = to(post, desk.clerk)
        assert mail["Subject"] == "1 application waits for you · Kota Tangerang"

    def test_reminds_of_a_deadline_a_working_day_before(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk)
        reference = desk.submit().reference
        (task,) = cases.work(desk.region, desk.clerk)
        type(task).objects.filter(pk=task.pk).update(due_at=desk.now + 3 * DAY)
        for day in (1, 2, 3):
            pass_time(desk.now + day * DAY)
        told = [one.get_content().splitlines()[0] for one in to(post, desk.clerk)]
        assert told == [
            f"Tugas baru: Surat Izin ({reference})",
            f"Tenggat sudah dekat: Surat Izin ({reference})",
        ]


class TestAtOnce:
    def test_tells_each_new_task_by_the_next_minute(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk, "now")
        for count in (1, 2):
            desk.submit()
            pass_time(desk.now)
            assert len(to(post, desk.clerk)) == count
            desk.now += timedelta(minutes=2)

    def test_tells_who_newly_got_a_post_of_what_waits_there(self, desk: Village, post: Post) -> None:
        newcomer = factories.staff("guard", desk.office, "baru")
        wish(desk, newcomer, "now")
        desk.submit()
        desk.now += timedelta(minutes=5)
        pass_time(desk.now)
        assert not to(post, newcomer)
        factories.member(newcomer, "clerk", desk.office)
        Membership.objects.filter(user=newcomer, role__key="clerk").update(given_at=desk.now)
        pass_time(desk.now + timedelta(minutes=1))
        assert len(to(post, newcomer)) == 1

    def test_tells_a_stand_in_at_once_and_when_the_first_day_begins(self, desk: Village, post: Post) -> None:
        at_once, later = (factories.staff("guard", desk.office, name) for name in ("segera", "besok"))
        for deputy in (at_once, later):
            wish(desk, deputy, "now")
        desk.submit()
        desk.now += timedelta(minutes=5)
        pass_time(desk.now)
        today = desk.now.date()
        span = {"from_on": today, "until_on": today + 3 * DAY, "appointed_at": desk.now}
        factories.standin(at_once, "clerk", desk.office, desk.clerk, **span)
        factories.standin(later, "clerk", desk.office, desk.clerk, **span | {"from_on": today + DAY})
        pass_time(desk.now + timedelta(minutes=1))
        assert [len(to(post, one)) for one in (at_once, later)] == [1, 0]
        midnight = datetime.combine(today + DAY, time(0), desk.now.tzinfo)
        services.looked_at(selectors.Wish.objects.get(user=later), midnight - timedelta(minutes=1))
        pass_time(midnight + timedelta(minutes=1))
        assert [len(to(post, one)) for one in (at_once, later)] == [1, 1]

    def test_keeps_silent_where_the_service_itself_has_written(self, desk: Village, post: Post) -> None:
        wish(desk, desk.head, "now")
        desk.forward(desk.submit().reference)
        pass_time(desk.now)
        (mail,) = to(post, desk.head)
        assert mail["Subject"].startswith("to_sign:")

    def test_tells_nothing_that_waited_before_it_was_wished(self, desk: Village, post: Post) -> None:
        desk.submit()
        wish(desk, desk.clerk, "now", now=desk.now + HOUR)
        pass_time(desk.now + 2 * HOUR)
        assert not to(post, desk.clerk)

    def test_waits_for_the_end_of_quiet_hours(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk, "now", quiet_from=time(8), quiet_until=time(11))
        desk.submit()
        pass_time(desk.now)
        row = EffectRun.objects.get(type="digest")
        assert (row.state, row.attempts, row.due_at) == (State.NEW, 0, desk.now + 2 * HOUR)
        assert not to(post, desk.clerk)
        outbox.run_due(now=desk.now + 2 * HOUR)
        assert len(to(post, desk.clerk)) == 1


class TestManyOfficers:
    """“At once” is asked every minute of everybody who wants it."""

    def crowd(self, desk: Village, count: int) -> None:
        """Have so many officers of other offices who want to be told at once, and whose turn it is not."""
        office = factories.office(desk.region, f"kantor-{count}")
        role = Role.objects.get(region=desk.region, key="clerk")
        people = User.objects.bulk_create(User(username=f"p{count}-{n}") for n in range(count))
        Membership.objects.bulk_create(
            Membership(region=desk.region, office=office, user=one, role=role) for one in people
        )
        Wish.objects.bulk_create(
            Wish(region=desk.region, user=one, rhythm="now", since=desk.now, next_at=desk.now + HOUR)
            for one in people
        )

    def asked(self, now: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            gathering.gather_due(now)
        return len(queries)

    def test_cost_no_question_each_while_there_is_nothing_new(self, desk: Village) -> None:
        self.crowd(desk, 20)
        few = self.asked(desk.now)
        self.crowd(desk, 1000)
        assert self.asked(desk.now + timedelta(minutes=1)) == few <= 6

    def test_leave_alone_all_but_those_to_whom_a_task_came(
        self, desk: Village, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.crowd(desk, 300)
        wish(desk, desk.clerk, "now")
        gathering.gather_due(desk.now)
        desk.submit()
        looked: list[str] = []
        gather = gathering.gather
        monkeypatch.setattr(
            gathering, "gather", lambda one, now: looked.append(one.user.username) or gather(one, now)
        )
        pass_time(desk.now + timedelta(minutes=1))
        assert looked == [desk.clerk.username]
        assert len(to(post, desk.clerk)) == 1

    def test_are_told_when_they_stand_in(self, desk: Village, post: Post) -> None:
        other = factories.staff("archivist", desk.office, "pengganti")
        factories.standin(
            other, "clerk", desk.office, desk.clerk, from_on=desk.now.date(), until_on=desk.now.date() + DAY
        )
        wish(desk, other, "now")
        gathering.gather_due(desk.now)
        desk.submit()
        pass_time(desk.now + timedelta(minutes=1))
        assert len(to(post, other)) == 1

    def test_are_told_within_a_quarter_of_an_hour_of_what_came_otherwise(
        self, desk: Village, post: Post
    ) -> None:
        other = factories.person("baru")
        wish(desk, other, "now")
        desk.submit()
        gathering.gather_due(desk.now)
        factories.member(other, "clerk", desk.office)
        pass_time(desk.now + timedelta(minutes=16))
        assert len(to(post, other)) == 1


class TestWhoeverHasLeft:
    def test_T8_is_told_nothing_and_their_old_link_opens_nothing(
        self, desk: Village, post: Post, client_on: Any
    ) -> None:
        wish(desk, desk.clerk)
        reference = desk.submit().reference
        gathering.gather_due(desk.now + DAY)
        address = f"/desk/cases/{reference}/"
        assert client_on(desk.region, desk.clerk).get(address).status_code == 200
        Membership.objects.filter(user=desk.clerk).delete()
        outbox.run_due(now=desk.now + DAY)
        assert not to(post, desk.clerk)
        assert client_on(desk.region, desk.clerk).get(address).status_code == 403

    def test_T8_gets_no_mail_of_a_service_either(self, desk: Village, post: Post) -> None:
        desk.forward(desk.submit().reference)
        Membership.objects.filter(user=desk.head).delete()
        outbox.run_due(now=desk.now)
        assert not to(post, desk.head)


class TestDying:
    def test_between_keeping_and_telling_loses_and_doubles_nothing(
        self, desk: Village, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wish(desk, desk.clerk)
        desk.submit()

        def die(**_given: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as dying:
            dying.setattr(outbox, "enqueue", die)
            with pytest.raises(KeyboardInterrupt):
                gathering.gather_due(desk.now + DAY)
        assert News.objects.get().told == ""
        for _again in range(3):
            pass_time(desk.now + DAY)
        assert len(to(post, desk.clerk)) == 1

    def test_after_telling_before_noting_when_to_look_again_doubles_nothing(
        self, desk: Village, post: Post
    ) -> None:
        wish(desk, desk.clerk)
        desk.submit()
        before = Wish.objects.get(user=desk.clerk).next_at
        pass_time(desk.now + DAY)
        Wish.objects.filter(user=desk.clerk).update(next_at=before)
        pass_time(desk.now + DAY)
        assert len(to(post, desk.clerk)) == 1

    def test_while_sending_sends_under_the_same_name_again(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk)
        desk.submit()
        pass_time(desk.now + DAY)
        EffectRun.objects.filter(type="digest").update(
            state=State.LEASED, lease_until=desk.now, attempts=1, payload={"user": desk.clerk.pk}
        )
        outbox.run_due(now=desk.now + DAY)
        first, second = to(post, desk.clerk)
        assert first["Message-ID"] == second["Message-ID"]

    def test_of_the_mail_server_is_tried_again(self, desk: Village, post: Post) -> None:
        wish(desk, desk.clerk)
        desk.submit()
        post.busy = True
        pass_time(desk.now + DAY)
        post.busy = False
        outbox.run_due(now=desk.now + DAY + timedelta(minutes=1))
        assert len(to(post, desk.clerk)) == 1


class TestTheBeat:
    """The runner is in no region; every other test here is, as a request would be."""

    def test_looks_from_outside_of_every_region(
        self, tangerang: Region, village: Region, offered: Installation
    ) -> None:
        clerk = User.objects.get(username="loket")
        with scope.use(tangerang):
            desk = Village(tangerang, village, offered.version, clerk, clerk)
            wish(desk, clerk, "now")
            desk.submit()
        assert gathering.gather_due(NOW) == 1
        with scope.use(tangerang):
            assert EffectRun.objects.filter(type="digest").count() == 1


class TestEverybody:
    def test_is_told_daily_unless_they_wish_otherwise(self, desk: Village, post: Post) -> None:
        services.enrol(desk.now - HOUR)
        desk.submit()
        pass_time(desk.now + DAY)
        assert len(to(post, desk.clerk)) == 1
        assert not to(post, desk.head)

    def test_is_enrolled_once_and_old_news_are_forgotten(self, desk: Village) -> None:
        for _twice in range(2):
            services.enrol(desk.now - HOUR)
        assert Wish.objects.count() == 2
        desk.submit()
        gathering.gather_due(desk.now + DAY)
        assert services.forget_old(desk.now + 29 * DAY) == 0
        assert services.forget_old(desk.now + 31 * DAY) == 1

    def test_who_wished_nothing_has_defaults_that_are_not_kept(self, desk: Village) -> None:
        assert selectors.wish(desk.region, desk.clerk).rhythm == "daily"
        assert not Wish.objects.exists()
