"""What the product knows about text: mark-up, words, merging, differences, folding. No Django."""
