"""What is counted: every measure of a nation, by group and region."""
