-- H2's bytea ends at 1 MB
create domain raw_bytes as binary large object;
