-- Tasks that routes have created: each once under its key
create table created_task (
    task_key varchar(300) primary key,
    -- creating (a call is out, or its answer was lost), created
    state varchar(20) not null,
    -- SHA-256 of the prompt that was sent last, in hex
    prompt_sha256 varchar(64) not null,
    -- 1 for a task that no event of a created task led to, else one more than that one has
    chain integer not null,
    -- no task of this key is older
    claimed_at timestamp with time zone not null,
    -- the latest call: no task of this key is much younger
    sent_at timestamp with time zone not null,
    -- until then nobody else looks for it; null when it is created
    leased_until timestamp with time zone,
    -- null until it is created
    task_id varchar(200) unique,
    title text,
    url text
);
