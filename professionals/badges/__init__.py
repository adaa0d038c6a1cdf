"""The badge of an accepted professional: signed, drawn, and verified by whoever scans it."""
