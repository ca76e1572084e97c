"""Tests of builder.jsonschema."""
