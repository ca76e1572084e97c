"""Tests of runtime.forms."""
