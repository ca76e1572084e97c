"""Our words for other packages' texts, and how many of those have none.

The catalogue in `locale/` wins over those of the packages (`LOCALE_PATHS`).
"""
