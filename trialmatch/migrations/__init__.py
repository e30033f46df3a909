"""The schema, step by step; run at start by `trialmatch.db.migrate`."""
