"""ECLAIRE, the French national base of trials (FHIR R4 ResearchStudy), translated to the étude record."""
