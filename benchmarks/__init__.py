"""Measurements: ratios against a baseline of the same run, never a gate."""
