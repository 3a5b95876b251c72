"""What people write ↔ what it means, both ways. Text in, data out: no disk, no clock."""
