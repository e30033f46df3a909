"""The disease in criteria: stage, extent, sites, phase, course."""
