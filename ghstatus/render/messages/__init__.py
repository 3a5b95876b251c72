"""What is said about an incident elsewhere: in posts, mails, chats, and to the team."""
