"""The official JSON-Schema-Test-Suite through our one door to validation. `make conformance` runs it."""
