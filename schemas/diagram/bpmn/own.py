"""What BPMN has no word for, in elements of our own namespace, and the list of it in whole sentences.

Read by nobody but us; another engine passes over it. Each sentence names a rule of Rakit that a
process run elsewhere would not keep by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas import expressions
from schemas.definition import Action, Change, EffectRule, Module, Status, TaskRule
from schemas.diagram import words
from schemas.diagram.bpmn.parts import Own

NAMESPACE = "urn:rakit:bpmn:1"

_LOSSES = {
    "calendar": {
        "en": "Working days and working hours follow the calendar of the region; timers count plain time.",
        "id": "Hari kerja dan jam kerja mengikuti kalender daerah; di sini dihitung waktu biasa.",
    },
    "pause": {
        "en": "The promised time stands still while the applicant is waited for.",
        "id": "Waktu layanan berhenti selama menunggu pemohon.",
    },
    "substitute": {
        "en": "A dated substitute may act for the holder of a role; both names are kept.",
        "id": "Plt. atau Plh. dapat bertindak untuk pejabatnya; kedua nama dicatat.",
    },
    "office": {
        "en": "At which office a role is looked for depends on the case.",
        "id": "Di kantor mana sebuah peran dicari bergantung pada permohonan.",
    },
    "separate": {
        "en": "Some actions and tasks must be done by different people (four eyes).",
        "id": "Beberapa tindakan dan tugas harus dilakukan orang yang berbeda.",
    },
    "assign": {
        "en": "Who gets a task is chosen by rule: the least busy, one named before, the same as before.",
        "id": "Penerima tugas dipilih menurut aturan: yang paling senggang, ditunjuk, atau seperti tadi.",
    },
    "tally": {
        "en": "When decided tasks are enough is counted by Rakit; here the decision is only received.",
        "id": "Kapan keputusan para anggota cukup dihitung oleh Rakit; di sini hasilnya hanya diterima.",
    },
    "promise": {
        "en": "Times counted from the promised end of a step or of the service are given as plain spans.",
        "id": "Waktu yang dihitung dari batas langkah atau janji layanan ditulis sebagai rentang biasa.",
    },
    "stay": {
        "en": "An action that stays in its step starts the timers of the step again.",
        "id": "Tindakan yang tetap di langkahnya memulai lagi hitungan waktu langkah itu.",
    },
    "reopen": {
        "en": "A closed case may be opened again by right; here its process has ended.",
        "id": "Permohonan yang selesai dapat dibuka kembali menurut hukum; di sini prosesnya telah berakhir.",
    },
    "legal_basis": {
        "en": "A decision by silence of the office rests on a law that is named with the action.",
        "id": "Keputusan karena kantor tidak menjawab berdasar hukum yang disebut pada tindakannya.",
    },
    "condition": {
        "en": "An action with a condition is offered only when the answers fulfil it.",
        "id": "Tindakan bersyarat hanya ditawarkan bila jawaban memenuhi syaratnya.",
    },
}


def losses(module: Module, language: str) -> tuple[str, ...]:
    """Return what the BPMN of `module` cannot say, as sentences."""
    return tuple(words.put(_LOSSES[key], language) for key in _lost(module))


def _lost(module: Module) -> Iterator[str]:
    workflow = module.workflow
    tasks = [task for one in workflow.statuses for task in one.tasks]
    spans = [one.due for one in workflow.statuses] + [one.due for one in tasks]
    spans += [one.after or one.before for one in workflow.actions]
    if any(span and span.unit.startswith("working") for span in spans):
        yield "calendar"
    if any(one.kind == "applicant" for one in workflow.statuses):
        yield "pause"
    if workflow.roles:
        yield "substitute"
    if any(one.where.kind != "region" for one in workflow.roles):
        yield "office"
    if any(one.when for one in workflow.actions) or any(one.when for one in tasks):
        yield "condition"
    if workflow.separate:
        yield "separate"
    if any(one.assign != "anyone" for one in tasks):
        yield "assign"
    if any(one.complete for one in workflow.statuses):
        yield "tally"
    if any(one.of != "entered" for one in workflow.actions):
        yield "promise"
    if any(not one.to and one.who.kind != "system" for one in workflow.actions):
        yield "stay"
    finals = {one.key for one in workflow.statuses if one.kind == "final"}
    if any(finals & set(one.from_) for one in workflow.actions):
        yield "reopen"
    if any(one.legal_basis for one in workflow.actions):
        yield "legal_basis"


def status(one: Status) -> tuple[Own, ...]:
    """Return what we know of a status beyond its shape."""
    known = [("key", one.key), ("kind", one.kind), ("outcome", one.outcome or "")]
    known += [("due", words.iso(one.due)), ("calendar", one.due.unit)] if one.due else []
    found = [_own("status", known)]
    found += [task(each) for each in one.tasks if not each.outcomes]
    for rule in one.complete:
        tally = [("if", rule.tally.kind), ("count", str(rule.tally.count or "")), ("of", " ".join(rule.of))]
        found.append(_own("complete", [*tally, ("do", rule.do)]))
    return tuple(found)


def task(one: TaskRule) -> Own:
    """Return what we know of a task."""
    known = [("key", one.key), ("role", one.role), ("where", one.where.kind), ("field", one.where.field)]
    known += [("assign", one.assign), ("seats", str(one.seats)), ("after", " ".join(one.after))]
    known += [("due", words.iso(one.due)), ("calendar", one.due.unit)] if one.due else []
    return _own("task", known)


def action(one: Action, module: Module, language: str) -> tuple[Own, ...]:
    """Return what we know of an action beyond its flow."""
    known = [("key", one.key), ("who", one.who.kind), ("role", one.who.role), ("tone", one.tone)]
    if one.when:
        known.append(("when", expressions.explain(one.when, module, language)))
    if span := one.after or one.before:
        known += [
            ("before" if one.before else "after", words.iso(span)),
            ("calendar", span.unit),
            ("of", one.of),
        ]
    known += [("legalBasis", one.legal_basis.say(language))] if one.legal_basis else []
    known += [("comment", one.ask.comment)] if one.ask.comment != "none" else []
    known += [("page", one.ask.page), ("corrections", "true" if one.ask.corrections else "")]
    return (_own("action", known), *(_change(each) for each in one.changes))


def _change(one: Change) -> Own:
    known = [("type", one.type), ("register", one.register), ("field", one.field)]
    return _own("change", known + ([("by", words.iso(one.by))] if one.by else []))


def effect(one: EffectRule) -> tuple[Own, ...]:
    """Return which effect a task stands for."""
    to = one.to.role or one.to.kind if one.type in ("mail", "message") else ""
    known = [("type", one.type), ("message", one.message), ("to", to), ("connection", one.connection)]
    known += [("after", words.iso(one.after))] if one.after else []
    return (_own("effect", [*known, ("letter", one.letter), ("module", one.module)]),)


def _own(name: str, known: Iterable[tuple[str, str]]) -> Own:
    return name, tuple((key, value) for key, value in known if value)
