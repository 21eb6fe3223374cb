"""The second reader: verifies Acta's proofs, written from docs/spec alone."""
