"""Static files under names that carry their digest, so that browsers may keep them for ever."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Renames the parts in the site's own script too.

    Django can do that for every script, but reads the libraries of others wrongly; ours is minified by
    our own build and names its parts in few ways.
    """

    patterns: Any = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "runtime/look/*.js",
            (
                (r"""(?P<matched>import\("(?P<url>\./[^"]+)"\))""", """import("%(url)s")"""),
                (r"""(?P<matched>(?<=[}* ])from"(?P<url>\./[^"]+)")""", '''from"%(url)s"'''),
                (r"""(?P<matched>\bimport"(?P<url>\./[^"]+)")""", '''import"%(url)s"'''),
            ),
        ),
    )
