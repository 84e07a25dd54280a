"""The audit of a refusal: what it never examined, never put to her, quoted wrongly or took from the persecutor."""
