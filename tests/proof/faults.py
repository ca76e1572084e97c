"""Named faults, each planted into any service: a trap, a vote that leads nowhere, a guard nobody fulfils.

A fault is built beside what the host does already: before each case ends, it passes through what was
planted. Every fault names the code by which it must be found.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

from tests.proof.planting import (
    Document,
    action,
    final,
    is_,
    officers_choice,
    officers_page,
    panel,
    question,
    said,
    start,
    status,
)


@dataclass(frozen=True)
class Fault:
    """How a fault is planted, and the codes of which one must be told."""

    name: str
    plant: Callable[[Document], None]
    codes: tuple[str, ...]
    story: bool = False


def planted(host: Document, fault: Fault) -> Document:
    document = copy.deepcopy(host)
    fault.plant(document)
    return document


def trap(document: Document) -> None:
    status(document, "buntu_x")
    action(document, "ke_buntu_x", start(document), "buntu_x")


def round_and_round(document: Document) -> None:
    status(document, "satu_x")
    status(document, "dua_x")
    action(document, "ke_satu_x", start(document), "satu_x")
    action(document, "maju_x", "satu_x", "dua_x")
    action(document, "balik_x", "dua_x", "satu_x")


def island(document: Document) -> None:
    status(document, "pulau_x")
    action(document, "dari_pulau_x", "pulau_x", final(document, "granted"))


def contradiction(document: Document) -> None:
    """Who was let through for one answer is asked for another one later."""
    question(document, "pilih_x", required=True)
    status(document, "tahap_x")
    action(document, "ke_tahap_x", start(document), "tahap_x", when=is_("pilih_x", "a"))
    action(document, "lulus_x", "tahap_x", final(document, "granted"), when=is_("pilih_x", "b"))
    action(document, "lepas_x", "tahap_x", final(document, "refused"), when=is_("pilih_x", "a"))


def half_open(document: Document) -> None:
    question(document, "pilih_x", required=True)
    status(document, "tahap_x")
    action(document, "ke_tahap_x", start(document), "tahap_x")
    action(document, "lulus_x", "tahap_x", final(document, "granted"), when=is_("pilih_x", "a"))
    action(document, "gagal_x", "tahap_x", final(document, "refused"), when=is_("pilih_x", "b"))


def unanswered(document: Document) -> None:
    question(document, "pilih_x")
    status(document, "tahap_x")
    action(document, "ke_tahap_x", start(document), "tahap_x")
    action(document, "lulus_x", "tahap_x", final(document, "granted"), when=is_("pilih_x", "a"))
    other = {"!=": [{"var": "pilih_x"}, "a"]}
    action(document, "gagal_x", "tahap_x", final(document, "refused"), when=other)


def hidden(document: Document) -> None:
    """The question is asked of some only, and all depend on it."""
    question(document, "pilih_x", required=True)
    question(document, "lanjut_x", required=True, visible=is_("pilih_x", "a"))
    status(document, "tahap_x")
    action(document, "ke_tahap_x", start(document), "tahap_x")
    for at, value in enumerate("abc"):
        action(document, f"lulus{at}_x", "tahap_x", final(document, "granted"), when=is_("lanjut_x", value))


def not_asked_on_the_way(document: Document) -> None:
    """One of two ways passes by the page on which officers answer what decides."""
    officers_page(document, "telaah_x", [officers_choice("hasil_x", required=True)])
    status(document, "tahap_x")
    action(document, "teliti_x", start(document), "tahap_x", ask={"page": "telaah_x"})
    action(document, "kilat_x", start(document), "tahap_x")
    for at, value in enumerate("ab"):
        action(document, f"lulus{at}_x", "tahap_x", final(document, "granted"), when=is_("hasil_x", value))


def officers_dead_answer(document: Document) -> None:
    """One of the officers' answers leads nowhere."""
    officers_page(document, "telaah_x", [officers_choice("hasil_x", required=True)])
    status(document, "tahap_x")
    action(document, "teliti_x", start(document), "tahap_x", ask={"page": "telaah_x"})
    action(document, "lulus_x", "tahap_x", final(document, "granted"), when=is_("hasil_x", "a"))


def set_wrongly(document: Document) -> None:
    """The system writes an answer that no way on accepts."""
    officers_page(document, "telaah_x", [officers_choice("hasil_x"), officers_choice("tanda_x")])
    status(document, "tahap_x")
    changes = [{"set": {"field": "tanda_x", "to": "b"}}]
    action(document, "teliti_x", start(document), "tahap_x", ask={"page": "telaah_x"}, changes=changes)
    action(document, "lulus_x", "tahap_x", final(document, "granted"), when=is_("tanda_x", "a"))


def open_tally(document: Document) -> None:
    panel(document, [{"if": {"for": 2}, "do": "jadi_x"}, {"if": {"against": 3}, "do": "gugur_x"}])


def tie(document: Document) -> None:
    panel(document, [{"if": {"for": 3}, "do": "jadi_x"}, {"if": {"against": 3}, "do": "gugur_x"}], seats=4)


def abstaining(document: Document) -> None:
    panel(document, [{"if": "all_for", "do": "jadi_x"}, {"if": "any_against", "do": "gugur_x"}], votes=3)


def conditional_completion(document: Document) -> None:
    question(document, "pilih_x", required=True)
    rule = {"if": "all_decided", "do": "jadi_x", "when": is_("pilih_x", "a")}
    panel(document, [rule, {"if": "any_against", "do": "gugur_x"}])


def guarded_completion(document: Document) -> None:
    """What is to follow has a condition of its own."""
    question(document, "pilih_x", required=True)
    panel(document, [{"if": "any_against", "do": "gugur_x"}, {"if": "all_decided", "do": "jadi_x"}])
    document["workflow"]["actions"][-2]["when"] = is_("pilih_x", "a")


def no_offices(document: Document) -> None:
    """The offices that are asked may be none at all."""
    office = {"key": "kantor_x", "type": "office", "label": said("k"), "required": True, "kinds": ["agency"]}
    rows = {"key": "instansi_x", "type": "repeat", "label": said("i"), "item": said("i"), "fields": [office]}
    document["pages"][0]["fields"].append(rows)
    complete = [{"if": {"for": 1}, "do": "jadi_x"}, {"if": "any_against", "do": "gugur_x"}]
    panel(document, complete, seats=1, where={"each": "instansi_x"})


def unheard_task(document: Document) -> None:
    """A task that comes after the vote, which always ends the status."""
    panel(document, [{"if": {"for": 2}, "do": "jadi_x"}, {"if": {"unreachable": 2}, "do": "gugur_x"}])
    tasks = document["workflow"]["statuses"][-1]["tasks"]
    found = next(s for s in document["workflow"]["statuses"] if s["key"] == "sidang_x")
    tasks = found["tasks"]
    tasks.append({**tasks[0], "key": "veto_x", "seats": 1, "after": ["suara_x"]})
    for rule in found["complete"]:
        rule["of"] = ["suara_x"]


def unequal_wait(document: Document) -> None:
    """The task that nobody waits for opens for some applications only, and all wait for its vote."""
    question(document, "pilih_x", required=True)
    complete = [{"if": {"for": 1}, "do": "jadi_x"}, {"if": {"against": 1}, "do": "gugur_x"}]
    panel(document, complete, seats=1, when=is_("pilih_x", "a"))


def nobody_chooses(document: Document) -> None:
    panel(document, [{"if": "all_decided", "do": "jadi_x"}], seats=1, assign="chosen")


def no_such_votes(document: Document) -> None:
    rules = [{"if": "any_against", "do": "gugur_x"}, {"if": "all_decided", "do": "jadi_x"}]
    panel(document, rules, seats=2, votes=1)


def forever(document: Document) -> None:
    panel(document, [{"if": "all_decided", "do": "jadi_x"}])
    del document["workflow"]["actions"][-2]["to"]


def circle(document: Document) -> None:
    question(document, "pilih_x", required=True)
    status(document, "satu_x")
    status(document, "dua_x")
    action(document, "ke_satu_x", start(document), "satu_x")
    action(document, "maju_x", "satu_x", "dua_x", "system", when=is_("pilih_x", "a"))
    action(document, "balik_x", "dua_x", "satu_x", "system", when={"!=": [{"var": "pilih_x"}, "b"]})
    for key in ("satu_x", "dua_x"):
        action(document, f"lepas_{key}", key, final(document, "refused"))


def shadowed(document: Document) -> None:
    question(document, "pilih_x", required=True)
    status(document, "tahap_x")
    action(document, "ke_tahap_x", start(document), "tahap_x")
    action(document, "selalu_x", "tahap_x", final(document, "granted"), "system")
    action(document, "kadang_x", "tahap_x", final(document, "refused"), "system", when=is_("pilih_x", "a"))


def silence(document: Document) -> None:
    day = {"amount": 5, "unit": "days"}
    action(document, "diam_x", start(document), final(document, "granted"), "system", after=day)


def silence_by_a_detour(document: Document) -> None:
    day = {"amount": 5, "unit": "days"}
    status(document, "lewat_x")
    action(document, "diam_x", start(document), "lewat_x", "system", after=day)
    action(document, "jadi_x", "lewat_x", final(document, "granted"), "system")


def too_late_to_warn(document: Document) -> None:
    """What comes three days before a limit of two days never comes."""
    status(document, "tunggu_x", kind="wait", due={"amount": 2, "unit": "days"})
    action(document, "tunggu_dulu_x", start(document), "tunggu_x")
    three = {"amount": 3, "unit": "days"}
    action(document, "habis_x", "tunggu_x", final(document, "expired"), "system", before=three, of="due")


def given_up(document: Document) -> None:
    """A clock fires once: what is noted after it does not bring it back."""
    officers_page(document, "catat_x", [officers_choice("hasil_x", required=True)])
    status(document, "tunggu_x", kind="wait")
    action(document, "tunggu_dulu_x", start(document), "tunggu_x")
    action(document, "catat_hasil_x", "tunggu_x", None, ask={"page": "catat_x"})
    more = {"after": {"amount": 3, "unit": "days"}, "when": {"answered": {"var": "hasil_x"}}}
    action(document, "habis_x", "tunggu_x", final(document, "expired"), "system", **more)


def over_one_day(document: Document) -> None:
    """Who comes too late finds a door that stays shut."""
    status(document, "tahap_x")
    action(document, "buka_x", start(document), "tahap_x")
    until = {"<=": [{"today": []}, "2026-12-31"]}
    action(document, "tutup_x", "tahap_x", final(document, "granted"), when=until)


def wrong_desk(document: Document) -> None:
    """A role has an action where it has no task."""
    roles = document["workflow"]["roles"]
    roles.append({"key": "lain_x", "title": said("lain"), "where": "region"})
    panel(document, [{"if": "any_against", "do": "gugur_x"}, {"if": "all_decided", "do": "jadi_x"}])
    action(document, "potong_x", "sidang_x", final(document, "refused"), {"role": "lain_x"})


def unforeseen_end(document: Document) -> None:
    status(document, "tunggu_x", kind="wait")
    effect = {"case": "layanan-lain", "answers": {}, "outcomes": {"granted": "dapat_x"}}
    action(document, "ajukan_x", start(document), "tunggu_x", effects=[effect])
    action(document, "dapat_x", "tunggu_x", final(document, "granted"), "system")


def never_leaving(document: Document) -> None:
    """Officers pass the case to and fro, and what they answered once opens no way out."""
    officers_page(document, "telaah_x", [officers_choice("hasil_x", required=True)])
    status(document, "satu_x")
    status(document, "dua_x")
    action(document, "teliti_x", start(document), "satu_x", ask={"page": "telaah_x"})
    action(document, "maju_x", "satu_x", "dua_x")
    action(document, "balik_x", "dua_x", "satu_x")
    action(document, "lulus_x", "dua_x", final(document, "granted"), when=is_("hasil_x", "a"))


def behind_a_contradiction(document: Document) -> None:
    contradiction(document)
    actions = document["workflow"]["actions"]
    lulus = next(one for one in actions if one["key"] == "lulus_x")
    lulus["to"] = "jauh_x"
    status(document, "jauh_x")
    action(document, "dari_jauh_x", "jauh_x", final(document, "granted"))


def behind_a_product(document: Document) -> None:
    """Seven times thirteen is among no examples; it can well be answered."""
    for key in ("panjang_x", "lebar_x"):
        one = {"key": key, "type": "integer", "label": said(key), "required": True, "minimum": 2}
        document["pages"][0]["fields"].append(one)
    product = {"==": [{"*": [{"var": "panjang_x"}, {"var": "lebar_x"}]}, 91]}
    status(document, "jauh_x")
    action(document, "luas_x", start(document), "jauh_x", when=product)
    action(document, "dari_jauh_x", "jauh_x", final(document, "granted"))


def circle_without_offices(document: Document) -> None:
    """Where no office is to be asked, the vote is over at once and the system turns round."""
    no_offices(document)
    found = next(s for s in document["workflow"]["statuses"] if s["key"] == "sidang_x")
    found["complete"] = [{"if": "any_against", "do": "gugur_x"}, {"if": "all_decided", "do": "jadi_x"}]
    jadi = next(a for a in document["workflow"]["actions"] if a["key"] == "jadi_x")
    jadi["to"] = "putar_x"
    status(document, "putar_x")
    action(document, "balik_x", "putar_x", "sidang_x", "system")


def impossible_page(document: Document) -> None:
    number = {"key": "angka_x", "type": "integer", "label": said("angka"), "required": True, "minimum": 1}
    number["check"] = {"<": [{"+": [{"var": "angka_x"}, 1]}, 0]}
    officers_page(document, "telaah_x", [number])
    action(document, "teliti_x", start(document), final(document, "granted"), ask={"page": "telaah_x"})


def asked_too_late(document: Document) -> None:
    not_asked_on_the_way(document)
    action(document, "lepas_x", "tahap_x", final(document, "refused"))


FAULTS = (
    Fault("a status without a way out", trap, ("workflow.dead_end",)),
    Fault("two statuses that only lead to each other", round_and_round, ("workflow.no_end",)),
    Fault("a status that nothing leads to", island, ("workflow.unreachable",)),
    Fault("a condition that the way there rules out", contradiction, ("proof.action_never",)),
    Fault("an answer for which nothing leads on", half_open, ("workflow.stuck",)),
    Fault("a decisive question that may stay unanswered", unanswered, ("workflow.stuck_unanswered",)),
    Fault(
        "a decisive question that not all are asked", hidden, ("workflow.stuck", "workflow.stuck_unanswered")
    ),
    Fault("a way past the page that decides", not_asked_on_the_way, ("proof.stuck",), story=True),
    Fault("an answer of officers that leads nowhere", officers_dead_answer, ("proof.stuck",), story=True),
    Fault("an answer set by the system that leads nowhere", set_wrongly, ("proof.stuck",), story=True),
    Fault("a tally without a rule", open_tally, ("tasks.uncovered",)),
    Fault("a tie", tie, ("tasks.uncovered",)),
    Fault("abstaining", abstaining, ("tasks.uncovered",)),
    Fault("a completion that holds for some only", conditional_completion, ("tasks.uncovered",)),
    Fault("a completion whose action has a condition", guarded_completion, ("tasks.uncovered",)),
    Fault("no office to ask", no_offices, ("proof.stuck",), story=True),
    Fault("a task that is never reached", unheard_task, ("proof.task_never",)),
    Fault("a vote that some never open", unequal_wait, ("proof.stuck",), story=True),
    Fault("a person whom nobody chooses", nobody_chooses, ("tasks.nobody_chooses",)),
    Fault("votes that cannot be given", no_such_votes, ("tasks.never_counts",)),
    Fault("a completion that stays", forever, ("automatic.stays",)),
    Fault("a circle of the system", circle, ("workflow.loop", "proof.circle")),
    Fault("an automatic action behind another", shadowed, ("automatic.shadowed",)),
    Fault("granting by silence", silence, ("clocks.silence",)),
    Fault("a clock ahead of a limit that is shorter", too_late_to_warn, ("proof.stuck",), story=True),
    Fault("a clock whose condition is met too late", given_up, ("proof.stuck", "proof.no_end"), story=True),
    Fault("a way on that ends with the year", over_one_day, ("proof.stuck",), story=True),
    Fault("granting by silence on a detour", silence_by_a_detour, ("clocks.silence",)),
    Fault("an action at the wrong desk", wrong_desk, ("proof.action_never",)),
    Fault("a way round and round for some answers", never_leaving, ("proof.no_end",), story=True),
    Fault("a status behind a contradiction", behind_a_contradiction, ("proof.status_never",)),
    Fault("a status behind a product", behind_a_product, ("proof.status_untried", "proof.action_untried")),
    Fault("a circle where no office is asked", circle_without_offices, ("proof.circle",), story=True),
    Fault("a page that takes no answers", impossible_page, ("proof.cannot_fill",)),
    Fault("a question not asked on one way", asked_too_late, ("proof.unanswered",)),
    Fault("an end of another case that is not foreseen", unforeseen_end, ("effects.unforeseen",)),
)
