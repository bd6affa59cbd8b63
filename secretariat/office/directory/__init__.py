"""The public directory: who may be found there, and how somebody asks the firm for her."""
