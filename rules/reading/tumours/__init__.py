"""Tumours in criteria: organs and histologies, alone, in lists, in groups, as examples."""
