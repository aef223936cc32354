-- PostgreSQL has partial indexes here; H2 knows none
drop index event_event_id;
create index event_event_id on event (event_id, event_key);
