-- The end of a lease is due_at; this column was written and read by nobody
alter table event drop column leased_until;
