"""A draft checked before it is filed: its quotations word for word, its citations by what the library and the law have."""
