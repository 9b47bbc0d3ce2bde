"""Work that takes longer than a page may: kept in the database, done by workers, never lost and never done twice."""
