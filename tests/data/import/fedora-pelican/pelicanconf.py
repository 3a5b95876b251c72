AUTHOR = "Admins"
SITENAME = "Example Status"
