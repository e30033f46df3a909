"""What a case, a trial and a criterion mean. Pure: no network, database, clock, randomness or logging."""
