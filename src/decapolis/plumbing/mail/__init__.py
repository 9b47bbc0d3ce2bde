"""Letters to people who have an account: written in an act, sent by a job."""
