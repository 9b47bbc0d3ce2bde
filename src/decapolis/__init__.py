"""Ten steps by which a city prevents violent extremism by being a good city."""
