"""The cases of a service as a file, made by a job: CSV, XLSX or JSON. Knows no pages."""
