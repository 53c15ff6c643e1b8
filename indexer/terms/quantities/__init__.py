"""Amounts and dates, each one term however it is written."""
