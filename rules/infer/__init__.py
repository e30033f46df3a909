"""What follows from what a case states: one module a dimension of the clinical picture."""
