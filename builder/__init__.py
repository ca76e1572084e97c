"""Staff design modules inside Wagtail's admin; the only package that knows Wagtail beside `cms`."""
