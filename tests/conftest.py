"""What holds for every test: Hypothesis without a deadline, since a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("tillit", deadline=None)
settings.load_profile("tillit")
