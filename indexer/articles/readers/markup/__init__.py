"""Markdown, and markup that stands inside another format."""
