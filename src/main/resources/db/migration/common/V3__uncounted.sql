-- Attempts that do not count against manus.inbox.retry.attempts: postponed ones, and all before a replay
alter table event add column uncounted int default 0 not null;
