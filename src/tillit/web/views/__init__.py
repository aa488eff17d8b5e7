"""One view an address: asks queries, calls actions, shows a template."""
