"""Tests of runtime.api."""
