"""What gives leave in criteria (« sauf », « autorisé si ») and what is left open for it."""
