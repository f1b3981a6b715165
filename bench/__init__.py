"""Benchmarks, one file each; `bin/bench` runs them."""
