-- What only one node at a time may do: which one does, and until when it says so again
create table lease (
    name varchar(300) primary key,
    node varchar(100) not null,
    until_at timestamp with time zone not null
);

-- What aggregate steps hold, in the layout of Camel's ClusteredJdbcAggregationRepository
create table aggregation (
    -- route, step, and correlation key
    id varchar(300) primary key,
    exchange raw_bytes not null,
    version bigint not null
);

-- What they have completed, until its route has ended
create table aggregation_completed (
    -- of the exchange
    id varchar(300) primary key,
    exchange raw_bytes not null,
    version bigint not null,
    -- route and step
    instance_id varchar(255) not null,
    completed_at timestamp with time zone default current_timestamp not null
);
