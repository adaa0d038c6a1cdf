"""What stands behind the Makefile: each command's script, and nothing of the site's own."""
