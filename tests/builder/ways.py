"""The ways of approval where a region has no such officers yet, and a service that begins with one."""

from __future__ import annotations

from typing import Any

from builder import blank
from builder.approvals import catalogue

KEYS = [one["key"] for one in catalogue.paths()]
FITS = ["+".join((one["key"], *wanted)) for one in catalogue.paths() for wanted in catalogue.choices(one)]
"""Every way with every choice of its optional steps, as keys with + between."""
ANSWERS: dict[str, dict[str, Any]] = {
    "document_check": {"documents_checked": ["complete", "identity"]},
    "neighbourhood_letter": {"neighbourhood_resident": "resident"},
    "section_check": {"site_needed": True, "site_visited_on": "2026-03-12", "site_found": "Tempatnya luas."},
    "data_validation": {"data_agree": "corrected", "data_corrected": "Tempat lahir, menurut akta."},
    "prepared_documents": {"documents_prepared": ["deed", "family_card"]},
    "technical_recommendation": {"technical_visited": False, "technical_terms": "Alat pemadam tersedia."},
    "spatial_recommendation": {"spatial_zone": "Perdagangan dan jasa"},
    "permit_assessment": {"fee_assessed": 150_000, "fee_grounds": "Perda 5/2024 pasal 12"},
    "disposition": {"disposition_kind": "study"},
    "facility_study": {
        "facility_free": "other_time",
        "facility_time": "Sabtu, 21 Maret",
        "facility_rent": 0,
        "facility_advice": "Dapat diberikan.",
    },
    "aid_proposal": {"proposal_reason": "Kepala keluarga sakit.", "proposal_other_aid": "none"},
    "home_visit": {
        "visited_on": "2026-03-13",
        "home_state": "unfit",
        "home_people": 5,
        "home_income": 900_000,
        "visit_found": "Atap bocor.",
    },
    "aid_verification": {"minutes_number": "BA/12/2026", "welfare_decile": 1},
    "report_check": {"report_class": "plain", "report_urgent": False},
    "report_assignment": {"assigned_agency": "Dinas Pekerjaan Umum"},
    "work_done": {"work_done_on": "2026-03-16", "work_done_what": "Lubang ditambal."},
    "work_inspection": {"inspected_how": "place", "inspected_note": "Rata dan rapi."},
    "superior_opinion": {"opinion": "changed", "opinion_changes": "Mulai sehari kemudian."},
    "decision_draft": {"draft_from": "2026-04-01"},
}
"""What officers answer to the ready-made pages, by page; with it an application goes its way to the end."""
EMAIL = {
    "key": "email",
    "type": "email",
    "label": {"id": "Email", "en": "E-mail"},
    "required": True,
    "privacy": "personal",
}


def path(fit: str) -> dict[str, Any]:
    """Return workflow and messages of a way, with the optional steps that stand behind a +."""
    key, *wanted = fit.split("+")
    found = catalogue.path(key)
    assert found is not None
    described = catalogue.fitted(found, wanted)
    return {"key": fit, **catalogue.put_together(described, ())}


def ticks() -> list[dict[str, Any]]:
    """Return what the editor is told of optional steps where the region has no officers yet."""
    return catalogue.ticks(())


def paths() -> list[dict[str, Any]]:
    """Return all of them."""
    return [path(fit) for fit in FITS]


def service(key: str) -> dict[str, Any]:
    """Return a service of one question that begins with a way."""
    return asking(blank.document(key=key.partition("+")[0], title="Coba", role={}, approval=path(key)))


def asking(made: dict[str, Any]) -> dict[str, Any]:
    """Let a service ask its one question, by which its applicant is reached."""
    made["pages"][0]["fields"] = [EMAIL]
    return {**made, "applicant": {"email": "email"}}
