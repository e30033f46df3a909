"""Keeping the catalogue in step with its source: fetch everything, plan, then apply in one transaction."""
