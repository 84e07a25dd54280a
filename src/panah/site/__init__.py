"""Settings, addresses, base page, design, and the `panah` command."""
