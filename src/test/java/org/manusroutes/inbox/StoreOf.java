package org.manusroutes.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.inbox.store.MissedStops;
import org.manusroutes.inbox.store.WakeUp;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The store of events on a table, without the application around it. */
public final class StoreOf {
    private StoreOf() {}

    static EventStore events(EventTable events, DataSource source) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JdbcTransactionManager transactions = new JdbcTransactionManager(source);
        MissedStops stops = new MissedStops(JdbcClient.create(source));
        return events(events, new MissedEvents(stops, events, new WakeUp(), transactions, meters), meters);
    }

    public static EventStore events(EventTable events, MissedEvents missed, MeterRegistry meters) {
        InboxProperties properties = new Binder().bindOrCreate("manus.inbox", Bindable.of(InboxProperties.class));
        return new EventStore(events, missed, new WakeUp(), properties, meters);
    }
}
