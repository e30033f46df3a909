"""ARCHIMAID, and whatever speaks its listing: the client, and the shape of a page and of an étude."""
