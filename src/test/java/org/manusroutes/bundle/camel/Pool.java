package org.manusroutes.bundle.camel;

import java.util.ArrayList;
import java.util.List;

/** A connection pool of somebody's own, as a bean of a file. */
public class Pool implements AutoCloseable {
    static final List<String> log = new ArrayList<>();

    private String url = "";

    public Pool() {
        log.add("new");
    }

    public Pool(String url, String user) {
        this.url = url + "?" + user;
        log.add("new " + this.url);
    }

    public void setUrl(String url) {
        if (url.equals("refused")) {
            throw new IllegalArgumentException("no driver for refused");
        }
        this.url = url;
    }

    public String getUrl() {
        return url;
    }

    public void connect() {
        log.add("connect " + url);
    }

    @Override
    public void close() {
        log.add("close " + url);
    }

    /** Made of a pool. */
    public static class Reader {
        private Pool pool;

        public void setPool(Pool pool) {
            this.pool = pool;
        }

        public Pool getPool() {
            return pool;
        }
    }
}
