"""What may come in, and who may write."""
