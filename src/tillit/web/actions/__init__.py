"""All that changes anything: who acts is told, the first line is the permission, one transaction, one log line."""
