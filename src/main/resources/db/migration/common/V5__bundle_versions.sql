-- Each version of the bundle that ran: what it was, and what it changed. The last 50 are kept.
create table bundle_version (
    -- one more than the version before, whichever node took it
    number bigint primary key,
    hash char(64) not null,
    accepted_at timestamp with time zone default current_timestamp not null,
    node varchar(100) not null,
    -- JSON: each file's text by its name
    files text not null,
    -- unified, against the version before
    diff text not null
);

-- What each node runs, so that nodes whose folders differ can say so
create table bundle_node (
    node varchar(100) primary key,
    bundle_version bigint not null,
    hash char(64) not null,
    since timestamp with time zone not null,
    seen_at timestamp with time zone not null
);

-- Null for an attempt that did not reach the bundle
alter table attempt add column bundle_version bigint;
