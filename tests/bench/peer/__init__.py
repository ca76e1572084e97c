"""The peer of the form benchmark: a form page of the CMS we stand on, with the same questions."""
