"""Comorbidities and other cancers in criteria."""
