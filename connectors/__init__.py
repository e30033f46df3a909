"""The outside world's formats, translated to and from the domain of `rules`."""
