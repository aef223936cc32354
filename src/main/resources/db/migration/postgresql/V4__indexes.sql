-- Each index costs a write when an event is stored, claimed and settled, for every change of due_at moves the row.
-- Partial ones hold only what is looked for: done events leave event_due, so that it stays small at any age.
drop index event_due;
create index event_due on event (due_at) where due_at is not null;
drop index event_finished;
create index event_finished on event (finished_at) where state = 'done';
create index event_parked on event (finished_at) where state = 'parked';
drop index event_event_id;
create index event_event_id on event (event_id) where event_key <> event_id;

-- Ranges of its keys are deleted together; in the order of a language, 'a/b' need not lie between 'a/' and 'a0'
alter table camel_messageprocessed alter column messageid type varchar(300) collate "C";
