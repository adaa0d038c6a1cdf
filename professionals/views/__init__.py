"""What the directory answers at its addresses (professionals.urls, professionals.root_urls)."""
