"""One person's claim: account, facts, examination, dossier."""
