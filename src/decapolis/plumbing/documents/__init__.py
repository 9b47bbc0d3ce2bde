"""Documents to take along: pictures of charts, tables for spreadsheets."""
