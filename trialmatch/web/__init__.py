"""The pages: a fiche RCP, and what the catalogue says of it."""
