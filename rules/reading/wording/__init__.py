"""A sentence written out before it is read; `worded` says in which order."""
