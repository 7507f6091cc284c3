"""The figures of one client, in the order of the JSON form: silence, worth, standing."""
