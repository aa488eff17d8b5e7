"""The pages: every address, role and answer; what is on them; and how they look."""
