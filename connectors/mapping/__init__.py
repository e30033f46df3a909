"""Any source whose JSON or CSV export has other names than ours: a YAML document says what becomes what."""
