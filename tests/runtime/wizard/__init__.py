"""Tests of runtime.wizard."""
