"""What a case quotes that may have been overtaken since: proposed to be looked at, and never decided."""
