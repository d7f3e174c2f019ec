"""glasshouse."""
