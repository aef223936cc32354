package org.manusroutes.bench;

/** What every part works with. */
record Lab(Options options, Report report, Postgres postgres, Servers servers, Requests requests) {}
