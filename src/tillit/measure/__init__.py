"""Random samples, error rates with intervals, how good the controls are, and whether they fall evenly."""
