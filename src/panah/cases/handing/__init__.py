"""Handing over: a sealed dossier, a case, or a redacted copy of it, encrypted to those who are to read it.

`copying` makes the redacted copy, `packing` one file of many; `actions` and `queries` keep who asked, who approved, and
what was handed over.
"""
