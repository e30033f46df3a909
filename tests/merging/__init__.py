"""One trial, many sources: joined, decided, cross-checked."""
