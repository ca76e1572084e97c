"""The matrix: for every address of our own, what each actor gets, here and on another region's site.

All addresses name things of the first region (*here*), so on the other region's site (*there*) they
must not exist, for its own staff neither. A new address without a row fails the build.
"""

from __future__ import annotations

from tests.cms.access.kinds import (
    Row,
    all_get,
    applicants,
    builders,
    by_secret,
    counter_clerks,
    heads,
    instead,
    of_case,
    of_letter,
    public,
    staff,
)

# Officers appoint their own Plh. only where the region lets them: by itself it does not.
AWAY = Row(*[all_get(403, anonymous=302)] * 4)
DESK_HERE = all_get(
    200,
    anonymous=302,
    **dict.fromkeys(
        ("citizen", "stranger", "clerk", "administrator", "outsider", "outside_clerk", "root"), 403
    ),
)
DESK_THERE = all_get(403, anonymous=302, outsider=200)
DOOR = Row(all_get(403, anonymous=302), all_get(405), all_get(403, anonymous=302), all_get(405))
LEADS_ON = Row(all_get(302), all_get(405), all_get(302), all_get(405))
# Nothing is ticked, so whoever sits at the desk is led back to it.
BULK = Row(*(instead(cells, 302) for cells in (DESK_HERE, DESK_HERE, DESK_THERE, DESK_THERE)))
# What came of a batch is for whoever began it; the one that is asked for here is nobody's.
BATCH = Row(
    instead(DESK_HERE, 404, "administrator", "root"),
    all_get(405),
    instead(DESK_THERE, 404, "root"),
    all_get(405),
)
# A file of applications is asked for by officers and administrators; the one asked for here is nobody's.
EXPORTS = (
    (DESK_HERE, 200, ("administrator", "root")),
    (DESK_HERE, 422, ("administrator", "root")),
    (DESK_THERE, 200, ("root",)),
    (DESK_THERE, 422, ("root",)),
)
EXPORT = BATCH
LOGGED_IN = all_get(200, anonymous=302)

SERVICES = "admin/services/"
LISTS = "admin/lists/"
BANK = "admin/builder/bank/"
HISTORY = "admin/services/history/<int:pk>/"
REVISION = f"{HISTORY}revisions/<int:revision_id>/"
COMPARE = (
    r"admin/services/history/(?P<pk>.+)/revisions/compare/"
    r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
)
DRAFT = "apply/<token:token>/"
CASE = "track/<str:reference>/"
API = "api/v1/"
API_VERSION = f"{API}modules/<slug:key>/<int:version>/"
DESK_CASE = "desk/cases/<str:reference>/"

ROWS: dict[str, Row] = {
    # the region's site
    "": public(200, 405),
    "services/": public(200, 405),
    "services/<slug:key>/": public(200, 405),
    "theme.css": public(200, 405),
    "areas/<slug:edition>/": public(200, 405),
    "areas/<slug:edition>/<str:code>/": public(200, 405),
    "lists/<str:signed>/<slug:language>/": public(200, 405, there_get=404),
    "sw.js": public(200, 405),
    "manifest.webmanifest": public(200, 405),
    "icon-<int:size>.png": public(200, 405),
    "offline/<slug:language>/": public(200, 405),
    "back/": public(200, 405),
    "language/": Row(
        all_get(302), all_get(302), all_get(302), all_get(302), put=302
    ),  # Django's: GET does nothing
    # filling in
    "services/<slug:key>/start/": public(405, 302),
    "apply/phone/": public(405, 302),
    DRAFT: by_secret(302, 302),
    f"{DRAFT}saved/": by_secret(200, 405),
    f"{DRAFT}receipt/": by_secret(302, 405),
    f"{DRAFT}<slug:step>/autosave/": by_secret(405, 200),
    f"{DRAFT}<slug:step>/files/": by_secret(405, 400),
    f"{DRAFT}<slug:step>/files/<uuid:pk>/": by_secret(404, 405),
    f"{DRAFT}<slug:step>/": by_secret(200, 200),
    # the status page
    "track/": public(200, 200),
    CASE: applicants(200, 405),
    f"{CASE}correct/": applicants(302, 302),  # nothing to correct in this case
    f"{CASE}views/": applicants(200, 405),
    f"{CASE}consents/<slug:consent>/": applicants(404, 404),  # the case has no such consent
    f"{CASE}copy.pdf": applicants(200, 405),
    f"{CASE}leave/": applicants(405, 302),
    f"{CASE}messages/write/": applicants(302, 422),  # the office has not written
    f"{CASE}letters/<int:letter>/": applicants(200, 405),
    # a draft that is shared: the address is signed, and this one is not
    "shared-draft/<str:token>/": by_secret(404, 404),
    "shared-picture/<str:token>/": by_secret(404, 405),
    "verify/": public(200, 405),
    "verify/<str:code>/": public(200, 200),
    f"{CASE}files/<uuid:pk>/": applicants(200, 405),
    f"{CASE}<slug:action>/": applicants(302, 302),  # an officer's action is none of the applicant's
    # one's own profile
    "profile/": Row(LOGGED_IN, all_get(302), LOGGED_IN, all_get(302)),
    "profile/forget/": Row(all_get(405, anonymous=405), all_get(302), all_get(405), all_get(302)),
    # one's own account
    "account/": Row(LOGGED_IN, all_get(405), LOGGED_IN, all_get(405)),
    "account/letters/": Row(LOGGED_IN, all_get(405), LOGGED_IN, all_get(405)),
    "account/views/": Row(LOGGED_IN, all_get(405), LOGGED_IN, all_get(405)),
    "account/consents/": Row(LOGGED_IN, all_get(405), LOGGED_IN, all_get(405)),
    "account/consents/channel/": Row(all_get(405, anonymous=405), all_get(302), all_get(405), all_get(302)),
    "account/notices/": Row(LOGGED_IN, all_get(302), LOGGED_IN, all_get(302)),  # mail, as nothing is asked
    "account/delete/": Row(LOGGED_IN, all_get(405), LOGGED_IN, all_get(405)),
    "account/delete/confirm/": Row(  # whoever works with the account is led back to why not
        *(all_get(302, citizen=code, stranger=code) for code in (200, 422, 200, 422))
    ),
    "account/export/": Row(LOGGED_IN, all_get(405), LOGGED_IN, all_get(405)),
    "account/drafts/<token:token>/delete/": Row(  # nobody's: it was begun by somebody without an account
        all_get(405), all_get(404, anonymous=302), all_get(405), all_get(404, anonymous=302)
    ),
    # other programs; none is asked who it is, and a session changes nothing
    "api/": public(404, 404, put=404),
    "api/<path:rest>": public(404, 404, put=404),
    "api/v1/": public(404, 404, put=404),
    f"{API}openapi.json": public(200, 405),
    f"{API}modules": public(200, 405),
    f"{API}modules/<slug:key>": public(200, 405),
    f"{API_VERSION}schema": public(200, 405),
    f"{API_VERSION}openapi.json": public(200, 405),
    f"{API_VERSION}choices/<field>": public(404, 405),  # no question of this service has a list of the region
    f"{API_VERSION}validate": public(405, 415),  # the post is a form
    f"{API_VERSION}submissions": public(405, 422),  # the post has no key
    f"{API_VERSION}files": public(405, 422),  # the post has no file
    # the desk
    "desk/": Row(  # administrators without a post are led to what administrators do
        DESK_HERE | {"administrator": 302, "root": 302},
        all_get(405),
        DESK_THERE | {"root": 302},
        all_get(405),
    ),
    "desk/account/": Row(LOGGED_IN, all_get(405), LOGGED_IN, all_get(405)),
    "desk/bulk/": BULK,
    "desk/bulk/give/": BULK,
    "desk/bulk/<uuid:key>/": BATCH,
    "desk/bulk/<uuid:key>/cancel/": Row(all_get(405), BATCH.get, all_get(405), BATCH.there_get),
    "desk/saved/": Row(DESK_HERE, instead(DESK_HERE, 422), DESK_THERE, instead(DESK_THERE, 422)),
    "desk/saved/<int:view>/": Row(  # the one that is asked for is gone, which is said on the page of views
        all_get(405), instead(DESK_HERE, 302), all_get(405), instead(DESK_THERE, 302)
    ),
    "desk/tasks/": heads(200, 405, there_get=200),
    "desk/tasks/people/<int:person>/": heads(200, 405),
    "desk/tasks/<slug:role>/<int:office>/": heads(200, 422),
    "desk/calendar/": staff(200, 405, there_get=200),
    "desk/calendar/day/": staff(200, 422, there_get=200, there_post=422),
    "desk/calendar/hours/": staff(200, 422, there_get=200, there_post=422),
    "desk/calendar/period/": staff(200, 422, there_get=200, there_post=422),
    "desk/calendar/national/": staff(405, 404),
    "desk/staff/": staff(200, 405, there_get=200),
    "desk/staff/roles/": staff(200, 302, there_get=200, there_post=302),
    "desk/staff/add/": staff(200, 422, there_get=200, there_post=422),
    "desk/staff/<int:person>/": staff(200, 422),
    "desk/staff/<int:person>/nip/": staff(200, 302),
    "desk/staff/<int:person>/invite/": staff(405, 302),
    "desk/staff/posts/<int:post>/remove/": staff(200, 302),
    "desk/account/notices/": Row(DESK_HERE, instead(DESK_HERE, 422), DESK_THERE, instead(DESK_THERE, 422)),
    "desk/account/away/": AWAY,
    "desk/account/away/<int:substitution>/back/": Row(all_get(405), AWAY.post, all_get(405), AWAY.there_post),
    "desk/staff/standins/": staff(200, 405, there_get=200),
    "desk/staff/standins/plh/": staff(200, 422, there_get=200, there_post=422),
    "desk/staff/standins/plt/": staff(200, 422, there_get=200, there_post=422),
    "desk/staff/standins/rules/": staff(200, 302, there_get=200, there_post=302),
    "desk/staff/standins/<int:substitution>/end/": staff(200, 302),
    "desk/connections/": staff(200, 405, there_get=200),
    "desk/connections/add/": staff(200, 422, there_get=200, there_post=422),
    "desk/connections/<slug:key>/": staff(200, 422),
    "desk/connections/<slug:key>/test/": staff(405, 302),
    "desk/connections/<slug:key>/switch/": staff(405, 302),
    "desk/connections/<slug:key>/secret/": staff(405, 200),
    "desk/deliveries/": staff(200, 405, there_get=200),
    "desk/deliveries/retry/": staff(405, 302, there_post=302),
    "desk/deliveries/settle/": staff(405, 302, there_post=302),
    "desk/views/": staff(200, 302, there_get=200, there_post=302),
    "desk/counter/": Row(counter_clerks(200), all_get(405), counter_clerks(200, there=True), all_get(405)),
    "desk/counter/<slug:key>/": Row(
        counter_clerks(200),
        counter_clerks(422),
        counter_clerks(200, there=True),
        counter_clerks(422, there=True),
    ),
    "desk/counter/drafts/<token:token>/delete/": Row(
        all_get(405), counter_clerks(302), all_get(405), counter_clerks(302, there=True)
    ),
    "desk/letters/": Row(DESK_HERE, all_get(405), DESK_THERE, all_get(405)),
    "desk/letters/<int:letter>/sign/": Row(
        *(instead(cells, 404) for cells in (DESK_HERE, DESK_HERE, DESK_THERE, DESK_THERE))
    ),
    "desk/cases/<str:reference>/letters/<int:letter>/": of_letter(200, 405, counter=200),
    "desk/cases/<str:reference>/letters/<int:letter>/reissue/": of_letter(200, 422, counter=403),
    "desk/cases/<str:reference>/letters/<int:letter>/withdraw/": of_letter(200, 422, counter=403),
    "desk/account/signature/": Row(DESK_HERE, instead(DESK_HERE, 422), DESK_THERE, instead(DESK_THERE, 422)),
    "desk/account/signature/image/": Row(
        instead(DESK_HERE, 404),
        all_get(405),
        instead(DESK_THERE, 404),
        all_get(405),  # nobody keeps one
    ),
    "desk/letters/head/": staff(200, 422, there_get=200, there_post=422),
    "desk/letters/head/sample/": staff(200, 405, there_get=200),
    "desk/letters/head/logo/": staff(404, 405),  # no emblem was uploaded
    "desk/letters/signing/": staff(200, 200, there_get=200, there_post=200),  # a trial of name and code
    "desk/letters/signing/<slug:way>/": staff(200, 422, there_get=200, there_post=422),
    "desk/letters/again/": staff(200, 422, there_get=200, there_post=422),
    "desk/letters/sign/": Row(DESK_HERE, instead(DESK_HERE, 422), DESK_THERE, instead(DESK_THERE, 422)),
    "desk/letters/jobs/<uuid:key>/": EXPORT,
    "desk/letters/jobs/<uuid:key>/cancel/": Row(all_get(405), EXPORT.get, all_get(405), EXPORT.there_get),
    "desk/registers/": staff(200, 405, there_get=200),
    "desk/eventlog/": staff(200, 405, there_get=200),
    "desk/exports/": Row(*(instead(cells, code, *whose) for cells, code, whose in EXPORTS)),
    "desk/exports/<uuid:key>/": EXPORT,
    "desk/exports/<uuid:key>/file/": EXPORT,
    "desk/exports/<uuid:key>/cancel/": Row(all_get(405), EXPORT.get, all_get(405), EXPORT.there_get),
    "desk/versions/": staff(200, 405, there_get=200),
    "desk/versions/<slug:key>/<int:old>/<int:new>/": staff(200, 302),
    "desk/versions/plans/<slug:plan>/": staff(200, 405),
    "desk/versions/plans/<slug:plan>/move/": staff(405, 302),
    "desk/versions/plans/<slug:plan>/undo/": staff(405, 302),
    "desk/versions/plans/<slug:plan>/stop/": staff(405, 302),
    DESK_CASE: of_case(200, 200),
    f"{DESK_CASE}files/<uuid:pk>/": of_case(200, 405),
    f"{DESK_CASE}files/<uuid:pk>/pages/": of_case(404, 405),  # the file is a picture, which has no pages
    f"{DESK_CASE}files/<uuid:pk>/pages/<int:number>/": of_case(404, 405),
    f"{DESK_CASE}<slug:action>/": of_case(200, 409),  # 409: the post does not say what its sender had seen
    f"{DESK_CASE}comments/write/": of_case(200, 422),
    f"{DESK_CASE}answers/edit/": of_case(200, 409),  # 409: as above
    f"{DESK_CASE}print/page/": of_case(200, 405),
    f"{DESK_CASE}watch/turn/": of_case(405, 302),
    f"{DESK_CASE}hand/<int:task_id>/": of_case(404, 404),  # no such task in this case
    f"{DESK_CASE}tasks/<slug:task>/<slug:outcome>/": of_case(409, 409),  # no such task waits in this case
    # the operator's own page in Django's admin; this region is in use
    "django-admin/regions/region/<path:object_id>/delete/": Row(
        *(all_get(302, root=403) for _ in range(4)), put=302
    ),
    # second doors
    "admin/login/": DOOR,
    "django-admin/login/": DOOR,
    "admin/password_reset/": LEADS_ON,
    "django-admin/password_change/": LEADS_ON,
    "admin/logout/": Row(all_get(302), all_get(302), all_get(302), all_get(302)),
    "django-admin/logout/": Row(all_get(302), all_get(302), all_get(302), all_get(302)),
    # the editor; what is not there answers 404 before it answers 405
    "admin/builder/panel/<int:pk>/check/": builders(405, 200, there_get=405),
    "admin/builder/panel/<int:pk>/drawing/<slug:form>/": builders(200, 405, there_post=405),
    "admin/builder/panel/<int:pk>/letter/<slug:letter>/": builders(405, 422, there_get=405),  # nothing posted
    "admin/builder/panel/<int:pk>/letter/<slug:letter>/file/": builders(405, 422, there_get=405),
    "admin/builder/session/": builders(200, 405, there_get=200, there_post=405),
    "admin/builder/returned/": builders(200, 405, there_get=200, there_post=405),
    "admin/builder/approvals/": builders(200, 405, there_get=200, there_post=405),
    "admin/builder/rules/": Row(
        all_get(302, administrator=200, root=200),
        all_get(302, administrator=302, root=302),
        all_get(302, root=200),
        all_get(302),
        302,  # PUT is read as an empty form
    ),
    BANK: builders(200, 422, there_get=200, there_post=422),  # nothing posted
    f"{BANK}<int:pk>/": builders(200, 405, there_post=405),
    f"{BANK}<int:pk>/remove/": builders(405, 200, there_get=405),
    LISTS: builders(200, 405, there_get=200, there_post=405),
    "admin/builder/stage/<int:pk>/": builders(302, 302, put=302),
    "admin/builder/tryout/<int:pk>/": builders(200, 302),
    "admin/builder/workbook/<int:pk>/": builders(200, 405, there_post=405),
    "admin/builder/workbook/<int:pk>/file/": builders(200, 405, there_post=405),
    "admin/builder/sharing/<int:pk>/": builders(200, 302),
    "admin/builder/translation/<int:pk>/": builders(200, 302),  # nothing posted
    "admin/builder/translation/<int:pk>/file/": builders(404, 422),  # no kind of file asked, none posted
    "admin/builder/translation/<int:pk>/language/": builders(405, 404, there_get=405),
    f"{LISTS}upload/": builders(200, 422, there_get=200, there_post=422),
    f"{LISTS}review/": builders(302, 302, there_get=302, there_post=302, put=302),  # nothing uploaded
    f"{LISTS}<int:pk>/upload/": builders(200, 422),
    f"{LISTS}editions/<int:pk>/": builders(200, 405, there_post=405),
    f"{LISTS}editions/<int:pk>/download/": builders(200, 405, there_post=405),
    f"{LISTS}editions/<int:pk>/delete/": builders(200, 302),
    SERVICES: builders(200, 405, there_get=200, there_post=405),
    f"{SERVICES}results/": builders(200, 405, there_get=200, there_post=405),
    f"{SERVICES}add/": builders(200, 200, there_get=200, there_post=200, put=200),
    f"{SERVICES}from-schema/": builders(200, 200, there_get=200, there_post=200, put=200),
    f"{SERVICES}from-workbook/": builders(200, 200, there_get=200, there_post=200, put=200),
    f"{SERVICES}edit/<int:pk>/": builders(200, 200, put=200),
    f"{SERVICES}delete/<int:pk>/": builders(302, 302, put=302),  # a released service cannot be deleted
    f"{SERVICES}usage/<int:pk>/": builders(200, 405),
    HISTORY: builders(200, 405),
    f"{SERVICES}history-results/<int:pk>/": builders(200, 405),
    f"{SERVICES}copy/<int:pk>/": builders(200, 200, put=200),
    f"{SERVICES}inspect/<int:pk>/": builders(200, 405),
    f"{SERVICES}preview/": builders(200, 200, there_get=200, there_post=200),
    f"{SERVICES}preview/<int:pk>/": builders(200, 200),
    f"{REVISION}view/": builders(200, 405),
    f"{REVISION}revert/": builders(200, 200, put=200),
    COMPARE: builders(200, 405),
    f"{REVISION}unschedule/": builders(200, 302),
    f"{SERVICES}unpublish/<int:pk>/": builders(200, 302),
    f"{SERVICES}lock/<int:pk>/": builders(405, 302),
    f"{SERVICES}unlock/<int:pk>/": builders(405, 302),
}
