"""What if: what other rules would have come to on what was really sold."""
