"""The pictures of a report, one file each: what it shows, a sentence computed from it, its table."""
