"""What programs of readers subscribe to: feeds and calendars."""
