"""What stands around and on the home of signed-in people, gathered from what every part declares."""
