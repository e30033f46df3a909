"""Readers by slots: what is named and how it is meant, in any order; one module family a matter."""
