"""One module for each page, or for a few that share their forms."""
