"""What the editor's script says of the service as a whole: notices, standard, and what is to be mended."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from builder import fills

TEXTS: dict[str, Any] = {
    "texts_title": _("What the applicant is told"),
    "texts_hint": _(
        "These notices go out by e-mail by themselves. No personal data belongs in them beyond the link."
    ),
    "no_messages": _("This service sends no notices."),
    "sent_filed": _("Sent when the application arrives"),
    "sent_after": _("Sent after “{action}” at “{status}”"),
    "never_sent": _("Not sent at any step"),
    "message_subject": _("Subject, {language}"),
    "message_body": _("Text, {language}"),
    "message_short": _("Short text for SMS and WhatsApp, {language} (optional)"),
    "message_short_hint": _(
        "At most two SMS, 306 letters with what is filled in. Only reference and link, no personal data. "
        "Left empty, the telephone is told subject, reference and link."
    ),
    "translate_service": _("Translate this service"),
    "translations_missing": _("Texts without a translation: {count}"),
    "translate_hint": _("Both languages side by side, or as a file for a translator."),
    "language_id": _("Indonesian"),
    "language_en": _("English"),
    **{f"token_{name}": said for name, said in fills.TOKENS.items()},
}

INFO: dict[str, Any] = {
    "info_title": _("The service"),
    "service_title": _("Title"),
    "service_summary": _("In one sentence"),
    "service_summary_hint": _("Citizens read it in the list of services."),
    "category": _("Category"),
    "icon": _("Picture"),
    "applicant_title": _("Who is applying?"),
    "applicant_hint": _("Say which answers name the applicant and where notices go."),
    "applicant_name": _("Name"),
    "applicant_email": _("E-mail for notices"),
    "applicant_phone": _("Phone number"),
    "applicant_proof": _("Asked again before the status is shown"),
    "applicant_proof_hint": _(
        "The case number alone opens nothing: this answer, or a code, must be given too."
    ),
    "not_asked": _("not asked"),
    "proof_by_code": _("no answer: a code on the receipt"),
    "standard_title": _("Service standard"),
    "standard_hint": _(
        "Documents, steps and times are taken from your questions and steps. Add what they cannot tell."
    ),
    "standard_requirements": _("Requirements besides the documents asked for"),
    "standard_fee": _("Cost"),
    "standard_product": _("What the applicant receives"),
    "standard_validity": _("How long it is valid"),
    "standard_complaints": _("Where to complain"),
    "standard_legal_basis": _("Legal basis"),
    "standard_more": _("The other parts of the standard"),
    "standard_facilities": _("Facilities"),
    "standard_competence": _("Skills of the staff"),
    "standard_supervision": _("Supervision"),
    "standard_staffing": _("Number of staff"),
    "standard_guarantee": _("Guarantee of service"),
    "standard_safety": _("Guarantee of safety"),
    "standard_evaluation": _("Evaluation"),
    "one_per_line": _("One per line."),
    "privacy_title": _("Personal data"),
    "privacy_notice": _("Why the data is asked for"),
    "privacy_notice_hint": _("Citizens read it before they send."),
    "privacy_legal_basis": _("Legal basis for asking"),
    "privacy_retention": _("Months to keep it after the case ends"),
    "privacy_retention_hint": _("After that the personal data is removed."),
}

PROBLEMS: dict[str, Any] = {
    "checking": _("Checking …"),
    "check_failed": _("The check could not be made just now. It is tried again by itself."),
    "no_problems": _("Nothing to fix. The service can be published."),
    "no_errors": _("Nothing stands in the way of publishing."),
    "vacant_title": _("Nobody holds these roles yet, so applications would wait at their steps:"),
    "vacant_role": _("{role} ({steps})"),
    "vacant_for_all": _("{role} for the whole region, so far only in single offices ({steps})"),
    "vacant_known": _("I know this and publish nevertheless"),
    "must_fix": _("To fix before publishing: {count}"),
    "should_look": _("Worth a look: {count}"),
    "more_like_this": _("And {count} more like this"),
    "put_away": _("Leave it, this is right"),
    "put_away_done": _("Hidden. The tab Publish shows it again."),
    "put_away_count": _("Warnings hidden: {count}"),
    "put_away_back": _("Show it again"),
    "put_away_shown": _("Shown again."),
    "put_away_more": _("And {count} more."),
    "problems_left": _("Still to fix: {count}."),
    "changes_title": _("What publishing changes"),
    "changes_first": _("The service is published for the first time: all of it is new."),
    "changes_none": _("Nothing is different from version {number}, which is published."),
    "changes_since": _("Against version {number}, which is published. Changes: {count}"),
    "changes_more": _("And {count} more places."),
    "stories": _("Stories of this service"),
    "stories_hint": _("Each is played step by step before the service is published."),
    "story_out": _("Comes out as told · {count} steps"),
    "story_otherwise": _("Comes out otherwise · {count} steps"),
    "story_accept": _("This is right now"),
    "story_accepted": _("The story was changed. Undo brings it back."),
    "story_renew": _("Renew this story"),
    "story_renew_title": _("Renew the story “{name}”?"),
    "story_renew_hint": _(
        "The story was played to its end as the service is now. This is otherwise than it says:"
    ),
    "story_renew_lost": _("The last {count} steps cannot be taken any more and fall away."),
    "story_renew_save": _("Renew the story like this"),
    "story_renewed": _("The story was renewed. Undo brings the old one back."),
    "story_of_status": _("stage"),
    "story_of_tasks": _("open tasks"),
    "story_of_done": _("what the system does by itself"),
    "story_of_effects": _("what is sent"),
    "story_of_refused": _("what comes of it"),
    "story_of_due": _("time limit of the step"),
    "story_of_deadline": _("promise of the whole service"),
    "story_remove": _("Remove the story"),
    "story_removed": _("The story was removed. Undo brings it back."),
}
