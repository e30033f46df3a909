"""Lines of treatment in criteria."""
