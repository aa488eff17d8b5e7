"""The made-up town: its files, with nothing wrong in them, and wrongs to put into them."""
