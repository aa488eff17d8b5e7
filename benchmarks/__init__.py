"""Benchmarks: how much longer our work takes than the engine's own plain work, measured beside each other."""
