"""ClinicalTrials.gov (API v2): its studies with French sites, translated to the étude record."""
