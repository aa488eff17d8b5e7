"""Commands of django-admin that are ours."""
