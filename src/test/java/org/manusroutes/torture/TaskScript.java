package org.manusroutes.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.manusroutes.torture.FileHost.SharedFile;

/** Makes up what happens to a task: created, progress, questions, follow-ups, an end; in an order that may be wrong. */
final class TaskScript {
    private final Random random;
    private final IntSupplier numbers;
    private final String taskId;
    private final List<SentEvent> events = new ArrayList<>();
    private long seconds;

    private TaskScript(Random random, IntSupplier numbers, String taskId) {
        this.random = random;
        this.numbers = numbers;
        this.taskId = taskId;
        this.seconds = 1_790_000_000L + random.nextInt(1_000_000);
    }

    /**
     * The events of a task in the order in which they are to be sent; each second differs, but for what shares an id.
     */
    static List<SentEvent> of(Random random, IntSupplier numbers, String taskId) {
        return new TaskScript(random, numbers, taskId).write();
    }

    private List<SentEvent> write() {
        add("task_created", null, 1);
        progress();
        for (int round = random.nextInt(3); round > 0; round--) {
            add("task_stopped", "ask", 1);
            progress();
        }
        if (random.nextInt(10) == 0) {
            add("task_stopped", "ask", 1);
            add("task_stopped", "finish", 0); // the id that the question had
        } else if (random.nextInt(10) > 0) {
            add("task_stopped", "finish", 1);
        }
        if (random.nextInt(6) == 0) {
            Collections.shuffle(events, random);
        }
        return List.copyOf(events);
    }

    private void progress() {
        for (int n = random.nextInt(3); n > 0; n--) {
            add("task_progress", null, random.nextInt(8) == 0 ? 0 : 1);
        }
    }

    private void add(String type, @Nullable String reason, int secondsLater) {
        seconds += secondsLater == 0 ? 0 : secondsLater + random.nextInt(60);
        int number = numbers.getAsInt();
        events.add(new SentEvent(
                number, type, reason, taskId, seconds, "finish".equals(reason) ? files(number) : List.of()));
    }

    private List<SharedFile> files(int number) {
        List<SharedFile> files = new ArrayList<>();
        boolean needFreshUrls = random.nextInt(4) == 0;
        int count = random.nextInt(3);
        for (int position = 1; position <= count; position++) {
            int size = random.nextInt(5) == 0 ? random.nextInt(400_000) : 1 + random.nextInt(20_000);
            files.add(new SharedFile(number, position, size, needFreshUrls));
        }
        return files;
    }
}
