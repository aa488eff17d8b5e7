"""Tillit: welfare payments held against each other and the law."""
