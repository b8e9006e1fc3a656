"""HTTP: what stands between a request and a view, and what every answer bears."""
