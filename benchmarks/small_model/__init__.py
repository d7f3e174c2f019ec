"""One small model, written once for each tool in the way a user of that tool would write it."""
