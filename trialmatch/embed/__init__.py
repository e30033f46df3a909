"""Propositions in a frame of another application: one-time tokens, and the page that takes them."""
