"""Whether the procedure was fair: records of it, and the checklist answered item by item."""
