"""The audit of a refusal in a case: reasons that were marked, faults that were proposed, and the grounds of appeal."""
