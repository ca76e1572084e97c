"""Tests of runtime.tracking."""
