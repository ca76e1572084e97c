"""Addresses of the desk, below `/desk/`."""

from __future__ import annotations

from django.urls import path

from runtime.inbox.views import (
    account,
    act,
    away,
    calendar,
    case,
    comment,
    connections,
    deliveries,
    eventlog,
    files,
    hand,
    staff,
    standins,
    work,
)

app_name = "inbox"

urlpatterns = [
    path("", work.work, name="work"),
    path("account/", account.account, name="account"),
    path("account/away/", away.away, name="away"),
    path("account/away/<int:substitution>/back/", away.back, name="back"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/day/", calendar.day, name="calendar_day"),
    path("calendar/hours/", calendar.hours, name="calendar_hours"),
    path("calendar/period/", calendar.period, name="calendar_period"),
    path("calendar/national/", calendar.seed, name="calendar_national"),
    path("staff/", staff.staff, name="staff"),
    path("staff/add/", staff.add, name="add_person"),
    path("staff/roles/", staff.roles, name="roles"),
    path("staff/<int:person>/", staff.person, name="person"),
    path("staff/<int:person>/invite/", staff.invite, name="invite"),
    path("staff/posts/<int:post>/remove/", staff.remove, name="remove_post"),
    path("staff/standins/", standins.listed, name="standins"),
    path("staff/standins/plh/", standins.appoint, {"kind": "plh"}, name="appoint_plh"),
    path("staff/standins/plt/", standins.appoint, {"kind": "plt"}, name="appoint_plt"),
    path("staff/standins/rules/", standins.rules, name="standin_rules"),
    path("staff/standins/<int:substitution>/end/", standins.end, name="end_standin"),
    path("connections/", connections.connections, name="connections"),
    path("connections/add/", connections.add, name="add_connection"),
    path("connections/<slug:key>/", connections.connection, name="connection"),
    path("connections/<slug:key>/test/", connections.try_out, name="try_connection"),
    path("connections/<slug:key>/switch/", connections.switch, name="switch_connection"),
    path("connections/<slug:key>/secret/", connections.renew, name="renew_secret"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/retry/", deliveries.retry, name="retry_deliveries"),
    path("deliveries/settle/", deliveries.settle, name="settle_deliveries"),
    path("eventlog/", eventlog.log, name="eventlog"),
    path("cases/<str:reference>/", case.case, name="case"),
    path("cases/<str:reference>/files/<uuid:pk>/", files.file, name="file"),
    path("cases/<str:reference>/comments/write/", comment.write, name="comment"),
    path("cases/<str:reference>/hand/<int:task_id>/", hand.hand, name="hand"),
    path("cases/<str:reference>/<slug:action>/", act.act, name="act"),
    path("cases/<str:reference>/tasks/<slug:task>/<slug:outcome>/", act.decide, name="decide"),
]
