"""Reference data as the pages show it."""
