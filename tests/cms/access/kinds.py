"""What a row of the matrix says, and the rows that many addresses share, by who is let in."""

from __future__ import annotations

from dataclasses import dataclass

from tests.cms.access.world import ACTORS

Cells = dict[str, int]


def all_get(status: int, **exceptions: int) -> Cells:
    """Everybody gets `status`, but for those named."""
    return dict.fromkeys(ACTORS, status) | exceptions


@dataclass(frozen=True, slots=True)
class Row:
    """What GET and POST give to each actor, here and there; `put` is what the first one let in gets."""

    get: Cells
    post: Cells
    there_get: Cells
    there_post: Cells
    put: int = 405


def public(
    get: int, post: int, *, there_get: int | None = None, there_post: int | None = None, put: int = 405
) -> Row:
    """An address that asks nobody who they are."""
    return Row(
        all_get(get),
        all_get(post),
        all_get(get if there_get is None else there_get),
        all_get(post if there_post is None else there_post),
        put,
    )


def by_secret(get: int, post: int) -> Row:
    """An application being filled in: whoever has its secret address may, on its own site only."""
    there = {200: 404, 302: 404, 400: 404, 404: 404, 405: 405}
    return Row(all_get(get), all_get(post), all_get(there[get]), all_get(there[post]))


def applicants(get: int, post: int) -> Row:
    """A filed case on the status page: its applicant, others are asked for the second fact (302)."""
    asked = {405: 405}
    return Row(
        all_get(asked.get(get, 302), citizen=get),
        all_get(asked.get(post, 302), citizen=post),
        all_get(asked.get(get, 302)),
        all_get(asked.get(post, 302)),
    )


def of_case(get: int, post: int) -> Row:
    """A case at the desk: who has a part in it; officers without one do not find it (404)."""
    strangers = {"anonymous": 302} | dict.fromkeys(
        ("citizen", "stranger", "clerk", "administrator", "outsider", "outside_clerk", "root"), 403
    )
    there = all_get(403, anonymous=302, outsider=404)
    never = all_get(405)
    return Row(
        never if get == 405 else all_get(404, counter=get) | strangers,
        never if post == 405 else all_get(404, counter=post) | strangers,
        never if get == 405 else there,
        never if post == 405 else there,
    )


def of_letter(get: int, post: int, *, counter: int) -> Row:
    """A letter of a case: whoever may open the case, and administrators; `counter` is no signer of it."""

    def cells(status: int, there: bool) -> Cells:
        if status == 405:
            return all_get(405)
        if there:
            return all_get(403, anonymous=302, outsider=404, root=404)
        strangers = dict.fromkeys(("citizen", "stranger", "clerk", "outsider", "outside_clerk"), 403)
        own = {"anonymous": 302, "counter": counter, "administrator": status, "root": status}
        return all_get(404) | strangers | own

    return Row(cells(get, False), cells(post, False), cells(get, True), cells(post, True))


def builders(get: int, post: int, *, there_get: int = 404, there_post: int = 404, put: int = 405) -> Row:
    """The editor: the region's designers and the installation's administrator; others meet the door (302)."""
    return Row(
        all_get(302, clerk=get, administrator=get, root=get),
        all_get(302, clerk=post, administrator=post, root=post),
        all_get(302, outside_clerk=there_get, root=there_get),
        all_get(302, outside_clerk=there_post, root=there_post),
        put,
    )


def staff(get: int, post: int, *, there_get: int = 404, there_post: int = 404) -> Row:
    """The region's people: its administrator and the installation's; other officers are refused (403)."""
    never = all_get(405)

    def cells(status: int, there: bool) -> Cells:
        let_in = {"root": status} if there else {"root": status, "administrator": status}
        return never if status == 405 else all_get(403, anonymous=302, **let_in)

    return Row(
        cells(get, False),
        cells(post, False),
        never if get == 405 else cells(there_get, True),
        never if post == 405 else cells(there_post, True),
    )


def heads(get: int, post: int, *, there_get: int = 404) -> Row:
    """Open tasks: as `staff`, and the head of the office that is asked for."""
    row = staff(get, post, there_get=there_get)
    return Row(row.get | {"head": get}, row.post | {"head": post}, row.there_get, row.there_post)


def counter_clerks(status: int, *, there: bool = False) -> Cells:
    """Filing for citizens: roles that may do so at the counter of this site's region."""
    return all_get(403, anonymous=302, **{"outsider" if there else "counter": status})


def instead(cells: Cells, status: int, *others: str) -> Cells:
    """Whoever gets 200 in `cells`, and the others named, get `status`."""
    return {who: status if code == 200 or who in others else code for who, code in cells.items()}
