"""What whoever watches the service can ask: metrics, and whether the database answers."""
