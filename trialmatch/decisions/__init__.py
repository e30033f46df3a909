"""What the board and the trial team did with a proposition: events that are added, never changed."""
