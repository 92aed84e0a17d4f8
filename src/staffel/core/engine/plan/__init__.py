"""The plan: pieces of the model as pieces of a tree, one file a noun."""
