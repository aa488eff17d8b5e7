"""Forms: what is typed, checked before an action sees it."""
