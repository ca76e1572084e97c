"""What `make bench` measures: ratios against a named peer or floor in the same run, never absolutes."""
