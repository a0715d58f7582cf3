"""What speaks HTTP: pages, forms, sessions and the doors of a workshop."""
