-- How far the search for events that never came has got: one row
create table reconcile (
    name varchar(20) primary key,
    -- Unix seconds: the first start; what stopped before is not looked for
    since bigint not null,
    -- start of the last walk through task.list that came to its end
    walked_at bigint,
    -- of the last one that went all the way
    walked_far_at bigint,
    -- how far back the next one goes
    back_to bigint,
    -- of the walk that runs: its start, how far back it goes, the oldest task to be looked at again, the next page
    started_at bigint,
    far boolean default false not null,
    unsettled bigint,
    page_cursor text,
    -- the registration at Manus: when it was looked at, since when it is missing, and why
    watched_at bigint,
    missing_since bigint,
    missing text
);

-- Tasks as they were when they were judged, where task.list alone does not tell: as long as they look the same, their
-- messages are not read again
create table judged_task (
    task_id varchar(200) primary key,
    status varchar(100) not null,
    updated bigint,
    judged_at bigint not null
);

-- Stops whose event never came: the event is made a while after the row, and a delivery that comes later is known by it
create table missed_stop (
    -- of the event that is made, in Manus's form
    event_key varchar(255) primary key,
    task_id varchar(200) not null,
    stop_reason varchar(100) not null,
    -- Unix seconds: an event of this stop was emitted between these
    emitted_from bigint not null,
    emitted_to bigint not null,
    body raw_bytes not null,
    noted_at timestamp with time zone default current_timestamp not null,
    made boolean default false not null
);
create index missed_stop_task on missed_stop (task_id);
