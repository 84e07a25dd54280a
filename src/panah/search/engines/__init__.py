"""Search engines. Each answers the same questions (`panah.text.Node`) over the same tokens."""
