-- How far the calls of the Manus API that all nodes have made lie ahead of what its limits allow
create table api_limit (
    -- read, send, write
    name varchar(20) primary key,
    earned_at timestamp with time zone not null
);
