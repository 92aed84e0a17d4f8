"""What it comes to: programme, state and window in; standing, accrual and statement out."""
