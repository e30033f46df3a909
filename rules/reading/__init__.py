"""Reading of French and English text: criteria of trials, and what a form says in free words."""
