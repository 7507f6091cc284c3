"""The month's letter: what it tells of, as facts and finished rows; its sentences stand in ``prose``."""
