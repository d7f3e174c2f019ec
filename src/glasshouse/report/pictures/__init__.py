"""The pictures of a report, one file each: the picture, a sentence from its data, its table."""
