package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Traffic;

/** Good edits take the place of what runs while events keep coming, in whatever way the files came into the folder. */
class AcceptedEditsIT extends ReloadUnderTraffic {
    private static final String EDITED = "record-task.camel.yaml";

    @AfterEach
    void shippedAgain() throws IOException {
        FolderCopy.mirror(Path.of("routes"), folder);
        awaitLive();
    }

    /**
     * {@code -Dreload.times=1000} for a look at the memory, {@code -Dreload.warmup=20} for one at the times: seconds of
     * traffic before the first edit, for a JVM that has just started compiles instead.
     */
    @Test
    void areTakenOneAfterTheOtherAndLeaveNothingBehind() throws Exception {
        int times = Integer.getInteger("reload.times", 20);
        long first = version();
        List<Long> millis = new ArrayList<>();
        List<WeakReference<RunningVersion>> old = new ArrayList<>();
        try (Traffic traffic = traffic()) {
            TimeUnit.SECONDS.sleep(Integer.getInteger("reload.warmup", 0));
            for (int i = 1; i <= times; i++) {
                old.add(new WeakReference<>(
                        application.bean(GuardedReload.class).running()));
                edit("edit " + i);
                long saved = System.nanoTime();
                awaitLive();
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - saved));
                if (i == times / 10) {
                    say("after " + i);
                }
            }
            assertNothingFailed(traffic);
            String firstThree = millis.subList(0, Math.min(3, times)).toString();
            Collections.sort(millis);
            System.out.printf(
                    "%d reloads under %d events/s; live after p50 %d ms, the first %s ms, the slowest %s ms%n",
                    times,
                    traffic.reachedPerSecond(),
                    millis.get(times / 2),
                    firstThree,
                    millis.subList(times - 3, times));
        }
        say("after " + times);
        assertThat(version()).isEqualTo(first + times);
        assertThat(application.count("select count(*) from bundle_version")).isLessThanOrEqualTo(50);
        assertThat(application.count("select count(distinct bundle_version) from attempt where outcome = 'done'"))
                .isGreaterThan(times / 2);
        await().atMost(PATIENCE).untilAsserted(() -> {
            System.gc();
            assertThat(old).allSatisfy(version -> assertThat(version.get()).isNull());
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .filteredOn(name -> name.contains("bundle-"))
                .allSatisfy(name -> assertThat(name).contains(hash().substring(0, 12)));
    }

    private static void say(String when) {
        System.gc();
        System.out.printf(
                "%s: heap %d MiB, %d threads, %d classes%n",
                when,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                Thread.activeCount(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    @Test
    void mayBeSavedByRename() throws Exception {
        long before = version();
        Path swap = Files.writeString(folder.resolve("." + EDITED + ".swp"), edited("saved by rename"));
        Files.move(swap, folder.resolve(EDITED), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(folder.resolve("4913"), "vim looks whether it may write here");
        awaitLive();
        assertThat(version()).isEqualTo(before + 1);
        Files.delete(folder.resolve("4913"));
    }

    @Test
    void mayComeByASymbolicLinkAsFromAConfigMap() throws Exception {
        long before = version();
        Path old = configMap("..2026_11_24_a");
        Path next = configMap("..2026_11_24_b");
        Files.writeString(next.resolve(EDITED), edited("by ConfigMap"));
        Files.writeString(next.resolve("new-one.camel.yaml"), skeleton("new-one"));
        Path data = folder.resolve("..data");
        Files.createSymbolicLink(data, old.getFileName());
        for (String name : Bundle.read(old).files().keySet()) {
            Files.delete(folder.resolve(name));
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        awaitLive(); // nothing has changed but where it lies
        assertThat(version()).isEqualTo(before);

        Path swapped = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
        Files.move(swapped, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(folder.resolve("new-one.camel.yaml"), Path.of("..data", "new-one.camel.yaml"));
        awaitLive();
        assertThat(version()).isEqualTo(before + 1);
        assertThat(application.bean(GuardedReload.class).running().bundle().files())
                .containsKey("new-one.camel.yaml");
        for (String name : Bundle.read(folder).files().keySet()) {
            Files.delete(folder.resolve(name)); // the test's own mirror writes through a link
        }
    }

    private static Path configMap(String name) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(name));
        FolderCopy.mirror(Path.of("routes"), directory);
        return directory;
    }

    @Test
    void mayComeByACheckoutOfAnotherBranch() throws Exception {
        git("init", "-q", "-b", "main");
        git("add", ".");
        git("commit", "-q", "-m", "as shipped");
        git("checkout", "-q", "-b", "other");
        for (String name : List.of("task-asks", "task-finished", "alert-slack", "send-mail")) {
            Path file = folder.resolve(name + ".camel.yaml");
            Files.writeString(file, Files.readString(file).replaceFirst("description: ", "description: Really, "));
        }
        Files.writeString(folder.resolve("new-one.camel.yaml"), skeleton("new-one"));
        awaitLive();
        git("add", ".");
        git("commit", "-q", "-m", "other");
        long other = version();
        try (Traffic traffic = traffic()) {
            git("checkout", "-q", "main");
            awaitLive();
            assertThat(version()).isEqualTo(other + 1);
            git("checkout", "-q", "other");
            awaitLive();
            assertThat(version()).isEqualTo(other + 2);
            assertNothingFailed(traffic);
        }
        assertThat(application.bean(ReloadReport.class).refused()).isNull();
    }

    private static void git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org"));
        command.addAll(List.of(words));
        Process git = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes());
        assertThat(Bounded.end(git)).as(said).isZero();
    }

    @Test
    void areUndoneByACommand() throws Exception {
        long before = version();
        try (Traffic traffic = traffic()) {
            edit("to be undone");
            Files.writeString(folder.resolve("new-one.camel.yaml"), skeleton("new-one"));
            awaitLive();
            assertThat(version()).isEqualTo(before + 1);
            assertThat(application.command("routes", "list"))
                    .startsWith("0 ")
                    .contains("+new-one.camel.yaml ~" + EDITED);
            assertThat(application.command("routes", "diff", String.valueOf(before), String.valueOf(before + 1)))
                    .startsWith("0 ")
                    .contains("+++ b/new-one.camel.yaml", "--- a/" + EDITED, "+    description: to be undone");

            edit("never ran:");
            awaitRefusal();
            assertThat(application.command("routes", "rollback", String.valueOf(before)))
                    .startsWith("0 ")
                    .contains("wrote version " + before + " into " + folder, "is kept in " + folder);
            awaitLive();
            assertThat(version()).isEqualTo(before + 2);
            assertThat(hash()).isEqualTo(Bundle.read(Path.of("routes")).hash());
            assertNothingFailed(traffic);
        }
        assertThat(application.command("routes", "diff", String.valueOf(before)))
                .startsWith("0 ")
                .contains("no difference");
        assertThat(application.command("routes", "rollback", "999999"))
                .startsWith("1 ")
                .contains("there is no version 999999");
        try (Stream<Path> files = Files.list(folder)) {
            Path kept = files.filter(file -> file.getFileName().toString().startsWith(".before-rollback"))
                    .findFirst()
                    .orElseThrow();
            assertThat(kept.resolve(EDITED)).content().contains("never ran:");
        }
    }

    private static void edit(String description) throws IOException {
        Files.writeString(folder.resolve(EDITED), edited(description));
    }

    private static String edited(String description) throws IOException {
        return Files.readString(Path.of("routes", EDITED))
                .replaceFirst("(?m)^    description: .*", "    description: " + description);
    }

    private static String skeleton(String name) throws IOException {
        return Files.readString(Path.of("src/main/resources/route-skeleton.yaml"))
                .replace("NAME", name);
    }
}
