"""One small function a criterion node: what the clinical picture says of it, and why."""
