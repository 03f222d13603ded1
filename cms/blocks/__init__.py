"""What an editor builds a page from: one module and one template for each block, put together in `story`."""
