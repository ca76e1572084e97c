"""Kinds of values that the parts of a definition are made of."""

from __future__ import annotations

from typing import Any, Literal

Json = Any  # what json.loads gives: None, bool, int, str, list, dict; decimals stay text

StatusKind = Literal["work", "applicant", "wait", "final"]
Outcome = Literal["granted", "refused", "withdrawn", "expired"]
Tone = Literal["advance", "return", "refuse", "neutral"]
Demand = Literal["none", "optional", "required"]
DurationUnit = Literal["minutes", "working_hours", "working_days", "days"]
EffectType = Literal["mail", "message", "webhook", "letter", "case", "anonymise"]
Via = Literal["sms", "whatsapp"]
PrivacyClass = Literal["none", "personal", "special", "never_export"]
Width = Literal["full", "half", "third"]
Counts = Literal["for", "against", "abstain"]
Assign = Literal["anyone", "least_loaded", "chosen", "previous"]
Clock = Literal["entered", "due", "deadline"]
TallyKind = Literal["all_for", "any_against", "all_decided", "for", "against", "unreachable"]
ColumnType = Literal["text", "number", "money", "date", "boolean"]
