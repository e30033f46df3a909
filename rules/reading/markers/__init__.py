"""Biomarkers in criteria: what is named, which alteration, which value, and how several are joined."""
