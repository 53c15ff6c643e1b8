"""Names of people and places, in Han characters and in every spelling of them."""
