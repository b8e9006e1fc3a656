"""HTTP: middleware, decorators and headers."""
