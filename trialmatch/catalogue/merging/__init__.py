"""One trial, many sources: records joined, decided field by field, cross-checked. Pure."""
