"""Why an effect failed, in a word that is stored and in a sentence for the administrator."""

from __future__ import annotations

import re
import smtplib

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.effects.contract import Hopeless
from runtime.outside.calling import Undelivered

SENTENCES = {
    "address": gettext_lazy("The address does not exist, or it leads to a place that must not be reached."),
    "connection": gettext_lazy("The other side does not answer."),
    "time": gettext_lazy("The other side took too long to answer."),
    "size": gettext_lazy("The answer of the other side was too long."),
    "off": gettext_lazy("The connection is switched off. Switch it on, then try again."),
    "paused": gettext_lazy("The other side has not answered for a long time."),
    "missing": gettext_lazy("There is no such connection any more. Add it, then try again."),
    "secret": gettext_lazy("The secret of the connection cannot be read any more. Give it a new one."),
    "http.400": gettext_lazy("The other side does not understand what was sent."),
    "http.401": gettext_lazy("The other side does not accept the secret."),
    "http.403": gettext_lazy("The other side does not accept the secret."),
    "http.404": gettext_lazy("There is nothing at the address of the connection. Look whether it is right."),
    "http.410": gettext_lazy("The other side does not want such messages any more."),
    "http.429": gettext_lazy("The other side takes no more at the moment."),
    "number": gettext_lazy("The telephone number cannot be written to."),
    "mailbox": gettext_lazy("The mail address does not exist or takes no mail."),
    "mail": gettext_lazy("The mail server does not answer."),
    "letters": gettext_lazy("Letters cannot be issued here."),
    "letter.absent": gettext_lazy("This version of the service has no such letter."),
    "letter.number": gettext_lazy("The application has no number that the letter could bear."),
    "letter.signer": gettext_lazy("Nobody has taken the step whose officer signs the letter."),
    "letter.print": gettext_lazy("The letter could not be printed. Tell whoever looks after the system."),
    "letter.characters": gettext_lazy(
        "No font has some characters of the letter, so it was not issued. Have the answers put right, then "
        "try again."
    ),
    "letter.file": gettext_lazy("The file of the letter was damaged on the disk. Try again."),
    "letter.certificate": gettext_lazy(
        "The certificate for signing cannot be opened. Have its file and password put right, then try again."
    ),
    "letter.unsigned": gettext_lazy("The file that came back bears no signature, or more than one."),
    "letter.unverified": gettext_lazy("The signature was made but could not be verified as valid."),
    "letter.institution": gettext_lazy(
        "The signing service does not accept the name and password of this government. Have them put right, "
        "then try again."
    ),
    "letter.signer_status": gettext_lazy(
        "The signing service has no valid certificate for this signer. Have it issued or renewed first."
    ),
    "letter.passphrase": gettext_lazy("The signing service does not accept this NIK with this passphrase."),
    "letter.answer": gettext_lazy("The answer of the signing service cannot be understood."),
    "letter.meanwhile": gettext_lazy("Somebody else is at work on this letter this moment."),
    "case.absent": gettext_lazy(
        "This region does not take applications for that service now. Publish or open the service, then "
        "try again."
    ),
    "case.answers": gettext_lazy(
        "The answers of this case do not fill in the form of that service. Have them put right here, or "
        "change the form, then try again."
    ),
    "case.restless": gettext_lazy(
        "The steps of that service go round in circles. Tell whoever looks after it, then try again."
    ),
    "case.deep": gettext_lazy(
        "Too many applications have each filed the next one. The services send one another round in circles; "
        "tell those who look after them."
    ),
    "quiet": gettext_lazy("It waits for the end of the quiet hours."),
    "told.address": gettext_lazy("There is no address to write to."),
    "told.left": gettext_lazy("The officer no longer works here."),
    "told.daily": gettext_lazy("It is told in the daily e-mail."),
    "told.nothing": gettext_lazy("It was done before the e-mail went out."),
    "stopped": gettext_lazy("The program stopped several times while it was working on this."),
}


_PERSONAL = re.compile(r"[^\s<>'\"({]+@[^\s<>'\")}]+|\+?\d[\d .-]{7,}\d")


def told(error: Exception) -> str:
    """Return the error on one line for operators, without the addresses and numbers that servers repeat."""
    words = f"{type(error).__name__}: {error}".replace("\n", " ")
    return _PERSONAL.sub("…", words)[:500]


def reason_of(error: Exception, type_: str) -> str:
    """Return the word for what went wrong with an effect of the type."""
    if isinstance(error, Undelivered | Hopeless):
        return error.reason
    if type_ == "letter":
        return str(getattr(error, "reason", ""))
    if type_ != "mail":
        return ""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "mailbox"
    return "mail" if isinstance(error, smtplib.SMTPException | OSError) else ""


def sentence(reason: str) -> str:
    """Say what went wrong, for somebody who does not know the system from inside."""
    if reason in SENTENCES:
        return str(SENTENCES[reason])
    if reason.startswith("http.3"):
        return _("The address has moved. Write down the new one.")
    if reason.startswith("http.5"):
        return _("The other side is out of order at the moment.")
    if reason.startswith("http."):
        return _("The other side refuses what was sent.")
    return _("Something went wrong inside. Tell whoever looks after the system.")
