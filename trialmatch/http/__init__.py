"""What every HTTP answer shares: problems, limits, the strict reading of JSON, the guard of writes, one log line."""
