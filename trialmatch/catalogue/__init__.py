"""The catalogue that answers: one immutable snapshot, swapped whole."""
