package org.manusroutes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.dryrun.SampleEvent;
import org.manusroutes.event.EventBody;
import org.manusroutes.event.EventVariables;
import org.manusroutes.inbox.store.EventArchive;
import org.manusroutes.inbox.store.EventArchive.Entry;
import org.manusroutes.inbox.store.Selection;

/** Events for a dry run: files, and stored ones; as a route gets them from the inbox. */
final class TriedEvents {
    private final CommandSettings settings;
    private @Nullable EventArchive archive;

    TriedEvents(CommandSettings settings) {
        this.settings = settings;
    }

    /** @param name a file, or the key of a stored event */
    SampleEvent named(String name, Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            return ofFile(file);
        }
        List<Entry> found = archive().list(new Selection(List.of(name), List.of(), null, null, null, null), 1);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(name + " is neither a file nor the key of a stored event");
        }
        return stored(found.get(0));
    }

    /** The last so many, the oldest first. */
    List<SampleEvent> last(int count, @Nullable String type) throws IOException {
        List<Entry> entries =
                new ArrayList<>(archive().last(new Selection(List.of(), List.of(), type, null, null, null), count));
        Collections.reverse(entries);
        List<SampleEvent> samples = new ArrayList<>();
        for (Entry entry : entries) {
            samples.add(stored(entry));
        }
        return samples;
    }

    /** Files alone need none. */
    boolean haveUsedTheDatabase() {
        return archive != null;
    }

    private EventArchive archive() {
        if (archive == null) {
            archive = settings.archive();
        }
        return archive;
    }

    private SampleEvent stored(Entry entry) throws IOException {
        Map<String, Object> body =
                EventBody.map(archive().body(entry.eventKey()).orElseThrow());
        EventVariables said = EventVariables.of(body, entry.receivedAt());
        return new SampleEvent(
                body,
                new EventVariables(
                        entry.eventKey(),
                        said.eventId(),
                        entry.eventType(),
                        entry.taskId(),
                        entry.stopReason(),
                        said.attempt(),
                        entry.receivedAt(),
                        said.arrival()));
    }

    private static SampleEvent ofFile(Path file) throws IOException {
        Map<String, Object> body;
        try {
            body = EventBody.map(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " is no event: " + ErrorLine.about(e), e);
        }
        if (!(body.get("event_id") instanceof String) || !(body.get("event_type") instanceof String)) {
            throw new IllegalArgumentException(file + " is no event: it needs an event_id and an event_type");
        }
        return SampleEvent.of(body);
    }
}
