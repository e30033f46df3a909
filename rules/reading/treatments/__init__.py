"""Earlier treatments in criteria: which, received or not, in which setting, with which outcome, how long ago."""
