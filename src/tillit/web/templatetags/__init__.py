"""Tags and filters of the templates; built in, so that no template loads them."""
