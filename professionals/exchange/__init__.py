"""The directory's files: what comes in from other directories, and what goes out as open data."""
