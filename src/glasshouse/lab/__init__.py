"""Lab: what is done with runs: the calls a user makes, calibration, experiments."""
