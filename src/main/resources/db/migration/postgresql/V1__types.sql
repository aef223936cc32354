create domain raw_bytes as bytea;
