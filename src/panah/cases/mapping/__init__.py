"""The examination of a case on one page: which questions of the law are answered, which are open, what is contradicted."""
