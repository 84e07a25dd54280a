"""Who published a document: what members write of it, who wrote it when, and what nobody has written yet."""
