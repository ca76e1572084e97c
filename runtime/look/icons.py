"""The icon set: own line drawings on a 24 × 24 grid, stroked in the colour of the text around them."""

from __future__ import annotations

from collections.abc import Mapping

DRAWINGS: Mapping[str, str] = {
    "id-card": '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="9" cy="11" r="2"/>'
    '<path d="M6 16c.6-2 5.4-2 6 0M15 10h3M15 14h3"/>',
    "complaint": '<path d="M4 5h16v11H9l-5 4z"/><path d="M12 8v4M12 14v.01"/>',
    "document": '<path d="M6 3h9l4 4v14H6z"/><path d="M14.5 3.5V8H19M9 12h7M9 16h5"/>',
    "health": '<path d="M12 20s-7-4.5-7-10a4 4 0 0 1 7-2.5A4 4 0 0 1 19 10c0 5.5-7 10-7 10z"/>',
    "education": '<path d="M3 9l9-5 9 5-9 5z"/><path d="M7 12v5c3 2 7 2 10 0v-5"/>',
    "business": '<path d="M4 10h16l-1-5H5zM5 10v10h14V10"/><path d="M10 20v-5h4v5"/>',
    "social": '<path d="M4 14c1-2 4-2 5 0l2 .5c1.5.3 1.5 2 0 2H9"/>'
    '<path d="M9 16.5l4 .5 5-2.5c1.5-.5 2.5 1 1.5 2L13 20H4M15 11s-3-1.8-3-4a1.7 1.7 0 0 1 3-1 '
    '1.7 1.7 0 0 1 3 1c0 2.2-3 4-3 4z"/>',
    "licence": '<rect x="4" y="4" width="16" height="12" rx="2"/><path d="M8 8h8M8 12h3"/>'
    '<circle cx="16" cy="15" r="3"/><path d="M14.5 17.5V22l1.5-1 1.5 1v-4.5"/>',
    "transport": '<rect x="4" y="5" width="16" height="12" rx="2"/><path d="M4 11h16M12 5v6M7 17v2M17 17v2"/>'
    '<path d="M8 14v.01M16 14v.01"/>',
    "environment": '<path d="M5 19c0-9 5-14 15-14 0 10-5 15-13 14"/><path d="M5 19c2-5 5-7 9-9"/>',
    "work": '<rect x="3" y="8" width="18" height="12" rx="2"/><path d="M9 8V5h6v3M3 13h18M12 12v2"/>',
    "information": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>',
    "tax": '<path d="M6 3h12v18l-3-2-3 2-3-2-3 2z"/><path d="M9.5 14.5l5-6M9.5 9v.01M14.5 14.5v.01"/>',
    "people": '<circle cx="9" cy="8" r="3"/><circle cx="17" cy="9" r="2"/>'
    '<path d="M3 20c0-6 12-6 12 0M15.5 14.5c3.5-.8 6 1 6 4.5"/>',
    "starred": '<path d="M12 4l2.5 5.3 5.7.7-4.2 4 1.1 5.7-5.1-2.9-5.1 2.9L8 14l-4.2-4 5.7-.7z" '
    'fill="currentColor"/>',
    "home": '<path d="M4 11l8-7 8 7v9H4z"/><path d="M10 20v-5h4v5"/>',
    "calendar": '<rect x="4" y="6" width="16" height="14" rx="2"/><path d="M4 11h16M8 3v4M16 3v4"/>',
    "grid": '<rect x="4" y="4" width="7" height="7" rx="2"/><rect x="13" y="4" width="7" height="7" rx="2"/>'
    '<rect x="4" y="13" width="7" height="7" rx="2"/><rect x="13" y="13" width="7" height="7" rx="2"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-8 16-8 16 0"/>',
    "inbox": '<path d="M4 13l3-8h10l3 8v6H4z"/><path d="M4 13h5l1 2.5h4l1-2.5h5"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
    "back": '<path d="M14.5 5l-7 7 7 7"/>',
    "next": '<path d="M9.5 5l7 7-7 7"/>',
    "check": '<path d="M5 12.5l5 5 9.5-11"/>',
    "done": '<circle cx="12" cy="12" r="9"/><path d="M7.5 12.5l3 3 6-7"/>',
    "warning": '<path d="M12 4l9 16H3z"/><path d="M12 10v4M12 17v.01"/>',
    "phone": '<path d="M6 3h4l1.5 5-2.5 1.5c1 2.5 3 4.5 5.5 5.5l1.5-2.5 5 1.5v4c-9 3-18-6-15-15z"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M4 7l8 6 8-6"/>',
    "location": '<path d="M12 21s-7-6-7-11a7 7 0 0 1 14 0c0 5-7 11-7 11z"/><circle cx="12" cy="10" r="2.5"/>',
    "file": '<path d="M6 3h9l4 4v14H6z"/><path d="M14.5 3.5V8H19"/>',
    "image": '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="10" r="1.5"/>'
    '<path d="M4 18l6-5 3 2.5L16.5 12l4 4.5"/>',
    "camera": '<path d="M4 8h4l1.5-3h5L16 8h4v11H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>',
    "eye": '<path d="M2.5 12c4-7.5 15-7.5 19 0-4 7.5-15 7.5-19 0z"/><circle cx="12" cy="12" r="2.5"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "edit": '<path d="M5 19l1-4L16.5 4.5l3 3L9 18z"/><path d="M14.5 6.5l3 3"/>',
    "send": '<path d="M20.5 4L3.5 11l6 2.5L12 20z"/><path d="M9.5 13.5L20.5 4"/>',
    "star": '<path d="M12 4l2.5 5.3 5.7.7-4.2 4 1.1 5.7-5.1-2.9-5.1 2.9L8 14l-4.2-4 5.7-.7z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "money": '<rect x="3" y="6" width="18" height="12" rx="2"/><circle cx="12" cy="12" r="2.5"/>'
    '<path d="M6.5 12v.01M17.5 12v.01"/>',
    "scales": '<path d="M12 4v16M8 20h8M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z"/>',
    "leave": '<path d="M14 5H5v14h9M10 12h10M16.5 8l4 4-4 4"/>',
    "more": '<circle cx="5" cy="12" r="1.5"/><circle cx="12" cy="12" r="1.5"/>'
    '<circle cx="19" cy="12" r="1.5"/>',
}

CATEGORIES: Mapping[str, str] = {
    "population": "id-card",
    "complaints": "complaint",
    "letters": "document",
    "licences": "licence",
    "employment": "work",
    "civil_service": "people",
    "other": "more",
}


def drawing(name: str) -> str:
    """Return the inner markup of icon or category `name`; a plain sheet when there is none."""
    name = CATEGORIES.get(name, name)
    return DRAWINGS.get(name, DRAWINGS["document"])
