"""What the suggestion box promises to withstand, tried on a scratch copy: `make torture`."""
