"""The service as it is run, in processes of its own, and a load from another."""
