"""What a method computes from what people wrote: pure functions, each naming its source, none of them stored.

Records come as mappings with the field names of docs/names.md; a field nobody has filled is missing or None.
"""
