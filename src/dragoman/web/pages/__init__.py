"""One module a page: each gives a ``Page`` from the site's data, for the server and for the published files alike."""
