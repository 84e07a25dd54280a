"""Who works here, and the ledger of what each did."""
