"""Files of arrays and tables: how they are written whole, and read without being loaded. No word of the domain."""
