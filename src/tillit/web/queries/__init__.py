"""What may be seen: every list, page, search, count and export starts from one of these."""
