"""Who may see and do what: the viewer, the guards that steps name, the audiences that are told."""
