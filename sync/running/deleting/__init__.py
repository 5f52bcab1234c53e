"""What one side deleted: `deletions` asks, brakes and has the other side follow."""
