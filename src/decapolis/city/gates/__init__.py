"""Nothing begins before those who have to have agreed to it, in writing and in date."""
