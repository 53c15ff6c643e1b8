"""Datasets: questions and the judgements of their answers."""
