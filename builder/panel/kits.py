"""Ready-made groups of questions, with the lists of the civil registry.

Keys are proposals: the script changes those that are taken, so a kit can be put in twice. The lists are
those of the family card (Permendagri 109/2019), in the order of its form.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.blank import both

Question = dict[str, Any]
FACTS = {"full_name": "name"} | {
    key: key
    for key in (
        "nik",
        "no_kk",
        "birth_place",
        "birth_date",
        "gender",
        "occupation",
        "phone",
        "email",
    )
}
"""Which fact of a profile fills in which question."""
WITNESS_AGE = 21

GENDER = [("L", "Laki-laki", "Male"), ("P", "Perempuan", "Female")]
RELIGION = [
    ("islam", "Islam", "Islam"),
    ("kristen", "Kristen", "Protestant"),
    ("katolik", "Katolik", "Catholic"),
    ("hindu", "Hindu", "Hindu"),
    ("buddha", "Buddha", "Buddhist"),
    ("khonghucu", "Khonghucu", "Confucian"),
    ("kepercayaan", "Kepercayaan terhadap Tuhan YME", "Belief in the One God"),
]
MARITAL_STATUS = [
    ("belum_kawin", "Belum kawin", "Single"),
    ("kawin", "Kawin tercatat", "Married, registered"),
    ("kawin_belum_tercatat", "Kawin belum tercatat", "Married, not registered"),
    ("cerai_hidup", "Cerai hidup", "Divorced"),
    ("cerai_mati", "Cerai mati", "Widowed"),
]
EDUCATION = [
    ("belum_sekolah", "Tidak/belum sekolah", "No schooling"),
    ("belum_tamat_sd", "Belum tamat SD/sederajat", "Primary school not finished"),
    ("sd", "Tamat SD/sederajat", "Primary school"),
    ("sltp", "SLTP/sederajat", "Lower secondary school"),
    ("slta", "SLTA/sederajat", "Upper secondary school"),
    ("d1", "Diploma I/II", "Diploma I/II"),
    ("d3", "Akademi/Diploma III/sarjana muda", "Academy/Diploma III"),
    ("s1", "Diploma IV/Strata I", "Diploma IV/Bachelor"),
    ("s2", "Strata II", "Master"),
    ("s3", "Strata III", "Doctorate"),
]
CITIZENSHIP = [("WNI", "WNI", "Indonesian citizen"), ("WNA", "WNA", "Foreign citizen")]
BLOOD_TYPE = [
    *(
        (value, value, value)
        for value in ("A", "B", "AB", "O", "A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-")
    ),
    ("tidak_tahu", "Tidak tahu", "Not known"),
]
RELATIONSHIP = [
    ("kepala_keluarga", "Kepala keluarga", "Head of the family"),
    ("suami", "Suami", "Husband"),
    ("istri", "Istri", "Wife"),
    ("anak", "Anak", "Child"),
    ("menantu", "Menantu", "Son- or daughter-in-law"),
    ("cucu", "Cucu", "Grandchild"),
    ("orang_tua", "Orang tua", "Parent"),
    ("mertua", "Mertua", "Parent-in-law"),
    ("famili_lain", "Famili lain", "Other relative"),
    ("pembantu", "Pembantu", "Domestic worker"),
    ("lainnya", "Lainnya", "Other"),
]


def kits() -> list[dict[str, Any]]:
    """Return the kits with their titles in the language of the screen."""
    return [
        {"key": "applicant", "title": _("Applicant"), "fields": [applicant()]},
        {"key": "address", "title": _("Address"), "fields": [address()]},
        {"key": "family", "title": _("Family members"), "fields": [family()]},
        {"key": "witnesses", "title": _("Witnesses"), "fields": [witnesses()]},
        {"key": "attorney", "title": _("Power of attorney"), "fields": attorney()},
    ]


def applicant() -> Question:
    """Return who applies, as on the identity card, filled in from the profile where it knows."""
    questions = [
        _full_name(),
        _nik(),
        _asked("no_kk", "no_kk", gettext_lazy("Family card number")),
        *_birth(),
        _listed("gender", gettext_lazy("Sex"), GENDER),
        _listed("religion", gettext_lazy("Religion"), RELIGION, required=False, style="select"),
        _listed(
            "marital_status", gettext_lazy("Marital status"), MARITAL_STATUS, required=False, style="select"
        ),
        _asked("occupation", "text", gettext_lazy("Occupation"), required=False, maxLength=100),
        _listed("education", gettext_lazy("Education"), EDUCATION, required=False, style="select"),
        _listed("citizenship", gettext_lazy("Citizenship"), CITIZENSHIP, required=False),
        _listed("blood_type", gettext_lazy("Blood type"), BLOOD_TYPE, required=False, style="select"),
        _asked("phone", "phone", gettext_lazy("Phone number"), autocomplete="tel", width="half"),
        _asked("email", "email", gettext_lazy("E-mail"), required=False, autocomplete="email", width="half"),
    ]
    for question in questions:
        if question["key"] in FACTS:
            question["prefill"] = {"profile": FACTS[question["key"]]}
    return _group("applicant", gettext_lazy("Applicant"), questions)


def address() -> Question:
    """Return where somebody lives, down to the village."""
    return _asked("address", "address", gettext_lazy("Address"))


def family() -> Question:
    """Return the people on a family card, one entry each."""
    rows = [
        _full_name(autocomplete=""),
        _nik(),
        _listed("gender", gettext_lazy("Sex"), GENDER),
        *_birth(autocomplete=""),
        _listed("relationship", gettext_lazy("Relationship in the family"), RELATIONSHIP, style="select"),
    ]
    return _repeat("family", gettext_lazy("Family members"), gettext_lazy("Family member"), rows)


def witnesses() -> Question:
    """Return two witnesses of full age. Source: Perpres 96/2018, art. 1."""
    old_enough = {">=": [{"years": [{"var": "birth_date"}, {"today": []}]}, WITNESS_AGE]}
    said = gettext_lazy("A witness must be at least 21 years old.")
    rows = [
        _full_name(autocomplete=""),
        _nik(),
        _asked(
            "birth_date",
            "date",
            gettext_lazy("Date of birth"),
            check=old_enough,
            messages={"check": both(said)},
        ),
        _asked("relation", "text", gettext_lazy("How the witness knows you"), maxLength=100),
    ]
    asked = _repeat("witnesses", gettext_lazy("Witnesses"), gettext_lazy("Witness"), rows)
    return {**asked, "required": True, "minItems": 2, "maxItems": 2}


def attorney() -> list[Question]:
    """Return whether somebody else applies for the applicant and, if so, who and with which papers."""
    question = {
        "key": "has_attorney",
        "type": "boolean",
        "label": both(gettext_lazy("Are you applying for somebody else, with a power of attorney?")),
        "required": True,
    }
    papers = {"accept": ["application/pdf", "image/*"], "maxBytes": 5_000_000, "maxItems": 1}
    who = _group(
        "attorney",
        gettext_lazy("Holder of the power of attorney"),
        [
            {**_full_name(autocomplete=""), "key": "attorney_name"},
            {**_nik(), "key": "attorney_nik"},
            _asked("attorney_phone", "phone", gettext_lazy("Phone number")),
            _asked("attorney_letter", "file", gettext_lazy("Power of attorney with a duty stamp"), **papers),
            _asked("attorney_card", "file", gettext_lazy("Identity card of the holder"), **papers),
        ],
    )
    return [question, {**who, "visible": {"==": [{"var": "has_attorney"}, True]}}]


def _full_name(autocomplete: str = "name") -> Question:
    told = {"autocomplete": autocomplete} if autocomplete else {}
    return _asked("full_name", "text", gettext_lazy("Full name"), maxLength=120, **told)


def _nik() -> Question:
    return _asked("nik", "nik", gettext_lazy("NIK"))


def _birth(autocomplete: str = "bday") -> list[Question]:
    told = {"autocomplete": autocomplete} if autocomplete else {}
    return [
        _asked("birth_place", "text", gettext_lazy("Place of birth"), maxLength=100, width="half"),
        _asked("birth_date", "date", gettext_lazy("Date of birth"), width="half", **told),
    ]


def _asked(key: str, kind: str, label: Any, **more: Any) -> Question:
    return {"key": key, "type": kind, "label": both(label), "required": True, "privacy": "personal", **more}


def _listed(key: str, label: Any, options: list[tuple[str, str, str]], **more: Any) -> Question:
    offered = [{"value": value, "label": {"id": id_, "en": en}} for value, id_, en in options]
    return _asked(key, "choice", label, options=offered, **more)


def _group(key: str, label: Any, questions: list[Question]) -> Question:
    return {"key": key, "type": "group", "label": both(label), "fields": questions}


def _repeat(key: str, label: Any, item: Any, questions: list[Question]) -> Question:
    return {"key": key, "type": "repeat", "label": both(label), "item": both(item), "fields": questions}
