"""What the editor's script says of the steps of a case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

WORKFLOW: dict[str, Any] = {
    "workflow_title": _("Who approves, and in which order"),
    "workflow_hint": _("An application passes these steps from top to bottom."),
    "workflow_too_rich": _(
        "This service has ways that the switches here cannot show, such as branches or rules of its own. "
        "Its words and times can be changed here, the order of its steps cannot. "
        "Nothing of it is lost when you save."
    ),
    "step_filed": _("The application arrives"),
    "step_filed_hint": _("The applicant gets a number and can follow the case."),
    "step_done": _("Granted"),
    "step_done_hint": _("The applicant is told."),
    "add_step": _("Add a step"),
    "step_added": _("Step added."),
    "step_number": _("Step {number}"),
    "remove_step": _("Remove step: {name}"),
    "step_title": _("What happens in this step"),
    "step_public": _("What the applicant reads meanwhile"),
    "step_who": _("Who does it"),
    "new_role": _("Somebody else …"),
    "role_name": _("What is this officer called?"),
    "role_name_hint": _("An administrator decides which people hold this role."),
    "step_where": _("In which office"),
    "where_region": _("One for all of {region}"),
    "where_office": _("In the office that handles the case"),
    "where_answer": _("In the office named in “{question}”"),
    "where_office_lacking": _("Add a question of the kind “Office” so that it is known which one."),
    "office_question": _("The office that handles the case is named in"),
    "office_question_hint": _("The answer decides whose officers get the application."),
    "no_office": _("no question: one office for all"),
    "step_days": _("How long it may take"),
    "step_unit": _("Counted in"),
    "unit_working_days": _("working days"),
    "unit_working_hours": _("working hours"),
    "unit_days": _("days"),
    "unit_minutes": _("minutes"),
    "insert_step": _("Insert a step after this one"),
    "insert_step_after": _("Insert a step after “{name}”"),
    "step_may": _("The officer may"),
    "step_may_together": _("Beside deciding, they may"),
    "may_approve": _("approve: it goes to the next step"),
    "may_grant": _("approve: the application is granted"),
    "may_return": _("return it for correction"),
    "may_return_hint": _("The applicant corrects only the questions the officer names."),
    "may_refuse": _("refuse it"),
    "may_refuse_hint": _("Always with a reason, which the applicant reads."),
    "may_again": _("Send back to an earlier step"),
    "may_again_hint": _("To colleagues, with a note; the applicant is not asked."),
    "may_again_no": _("no"),
    "may_edit": _("put the applicant's answers right"),
    "role_may_edit": _("{role} may put the applicant's answers right"),
    "may_edit_hint": _(
        "Typing errors, or what came by telephone or on paper. The applicant reads what was changed, and why."
    ),
    "may_number": _("give it a number when approving"),
    "may_number_hint": _("The next number of a series, for example for a letter."),
    "number_pattern": _("How the number is written"),
    "number_example": _("For example: {example}"),
    "number_scope": _("The series is counted"),
    "scope_region": _("once for the whole region"),
    "scope_office": _("in each office by itself"),
    "insert": _("Insert:"),
    "who_applicant": _("The applicant"),
    "who_system": _("The system"),
    "action_sentence": _("{who} can choose “{action}”, then the case is at “{status}”."),
    "kind_of_work": _("officers work on it"),
    "kind_of_applicant": _("waits for the applicant"),
    "kind_of_wait": _("waits"),
    "kind_of_final": _("end"),
    "diagram": _("The way of an application"),
    "drawings": _("Download the steps as last saved:"),
    "drawing_svg": _("Picture with lanes (SVG)"),
    "drawing_bpmn": _("Model for other programs (BPMN)"),
    "drawing_mermaid": _("Text for a wiki (Mermaid)"),
    "diagram_later": _("The picture appears when nothing is left to fix."),
}
