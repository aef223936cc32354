package org.manusroutes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.inbox.EventStore;
import org.manusroutes.inbox.StoreOf;
import org.manusroutes.manus.Refusals;
import org.manusroutes.manus.Webhook;
import org.manusroutes.reconcile.Progress.Registration;
import org.manusroutes.support.Databases;

class WatchdogTests extends ReconcileFixture {
    private static final String URL = "https://hooks.example.com/webhooks/manus";
    private EventStore store;
    private Registration seen;

    @Override
    void open(Databases database) {
        super.open(database);
        store = StoreOf.events(events, missed, new SimpleMeterRegistry());
        seen = progress.read(START).registration();
    }

    @AfterEach
    void close() {
        store.finish();
    }

    private void look(boolean keeps) {
        Watchdog watchdog = new Watchdog(
                progress, store, new ReconcileProperties(Duration.ofMinutes(5), Duration.ofMinutes(2), keeps), URL);
        seen = watchdog.look(manus, progress.read(START).registration(), now);
        assertThat(progress.read(START).registration()).isEqualTo(seen);
    }

    private void registered(String status) {
        manus.registered.clear();
        manus.registered.add(new Webhook("wh_1", URL, status, null));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void isContentWithAnActiveRegistration(Databases database) {
        open(database);
        registered("active");
        manus.registered.add(new Webhook("wh_2", URL, "inactive", null));
        look(true);
        assertThat(seen.missing()).isNull();
        assertThat(manus.calls).containsExactly("webhooks");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void alertsOnceUntilItHasBeenWellAgain(Databases database) {
        open(database);
        manus.registered.add(new Webhook("wh_9", "https://other.example.com/", "active", null));
        look(false);
        assertThat(seen.missing()).isEqualTo("the URL is not registered");
        assertThat(keys()).as("somebody may be registering it").isEmpty();
        for (int i = 0; i < 5; i++) {
            now += 300;
            look(false);
        }
        assertThat(keys()).hasSize(1).allMatch(key -> key.startsWith("webhook_unregistered/" + START + "/"));

        registered("active");
        now += 300;
        look(false);
        registered("inactive");
        now += 300;
        look(false);
        now += 300;
        look(false);
        assertThat(seen.missing()).isEqualTo("its registration wh_1 is inactive");
        assertThat(keys()).hasSize(2);
        assertThat(manus.calls).containsOnly("webhooks");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void registersAgainAndNeverTwice(Databases database) {
        open(database);
        registered("inactive");
        look(true);
        assertThat(manus.calls).containsExactly("webhooks", "delete wh_1", "create " + URL);
        assertThat(manus.registered).hasSize(1).allMatch(Webhook::isActive);
        look(true);
        assertThat(manus.registered).hasSize(1);
        assertThat(keys()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void saysWhyItCannotRegisterAgain(Databases database) {
        open(database);
        manus.refusals.put("create " + URL, () -> Refusals.of(400, "invalid_argument"));
        look(true);
        now += 300;
        look(true);
        assertThat(seen.missing())
                .isEqualTo("the URL is not registered, and it could not be registered again: "
                        + "the Manus API answered 400 invalid_argument");
        assertThat(keys()).hasSize(1);
    }
}
