"""Answers and articles on standard output: for people, for programs, for spreadsheets, for reports."""
