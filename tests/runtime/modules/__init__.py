"""Tests of runtime.modules."""
