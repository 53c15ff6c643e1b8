"""The systems that are compared, as their users start them, and the processes that they run in."""
