"""Content-security policies: strict for citizens and officers, looser inside the two admin sites."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

_STRICT: dict[str, Any] = {
    "default-src": [SELF],
    "base-uri": [SELF],
    "connect-src": [SELF],
    "font-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "img-src": [SELF, "data:"],
    "object-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
}
_PREVIEWED = {**_STRICT, "frame-ancestors": [SELF]}
_SHARED = {**_PREVIEWED, "form-action": [NONE]}
_WAGTAIL = {
    **_STRICT,
    "frame-ancestors": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}
_DJANGO_ADMIN = {**_STRICT, "style-src": [SELF, UNSAFE_INLINE]}

CONTENT_SECURITY_POLICY = {"DIRECTIVES": _STRICT}

# Longest prefix wins; the empty one is the public's.
RAKIT_POLICIES: dict[str, dict[str, Any]] = {
    "": _STRICT,
    "/admin/": _WAGTAIL,
    "/admin/services/preview/": _PREVIEWED,
    "/admin/builder/stage/": _PREVIEWED,
    "/django-admin/": _DJANGO_ADMIN,
    "/shared-picture/": _SHARED,
}
