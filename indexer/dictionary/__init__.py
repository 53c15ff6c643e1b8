"""CC-CEDICT: translations, names and words of a query."""
