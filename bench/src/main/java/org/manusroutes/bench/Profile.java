package org.manusroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a server's time goes while it is measured, by Java Flight Recorder. */
final class Profile {
    private static final int ROWS = 30;

    /** What a frame is counted under: the first of these that begins its class name; else its first three packages. */
    private static final List<String> AREAS = List.of(
            "org.manusroutes",
            "org.apache.camel",
            "org.springframework",
            "org.apache.catalina",
            "org.apache.coyote",
            "org.apache.tomcat",
            "org.postgresql",
            "com.zaxxer.hikari",
            "com.fasterxml.jackson",
            "io.micrometer",
            "ch.qos.logback");

    private Profile() {}

    static <T> T during(Server server, Report report, Callable<T> work) throws IOException {
        Path file = Options.folder()
                .resolve("logs")
                .resolve(server.name() + "-" + System.nanoTime() + ".jfr")
                .toAbsolutePath();
        jcmd(server, "JFR.start", "name=bench", "settings=profile");
        try {
            T result = work.call();
            jcmd(server, "JFR.stop", "name=bench", "filename=" + file);
            report.verbatim(server.name() + "\n" + summary(file));
            return result;
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void jcmd(Server server, String... arguments) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        if (!Files.exists(Path.of(jcmd))) {
            throw new IllegalStateException("--profile needs a JDK: there is no " + jcmd);
        }
        List<String> command = new ArrayList<>(List.of(jcmd, Long.toString(server.javaPid())));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String summary(Path file) throws IOException {
        Map<String, Integer> top = new HashMap<>();
        Map<String, Integer> areas = new HashMap<>();
        Map<String, Integer> callers = new HashMap<>();
        Map<String, Integer> within = new HashMap<>();
        Map<String, Double> allocated = new HashMap<>();
        int samples = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                String type = event.getEventType().getName();
                boolean sample = type.equals("jdk.ExecutionSample") || type.equals("jdk.NativeMethodSample");
                if (type.equals("jdk.ObjectAllocationSample")) {
                    allocated.merge(
                            event.getClass("objectClass").getName(), event.getLong("weight") / 1e6, Double::sum);
                }
                if (!sample || event.getStackTrace() == null || idle(event)) {
                    continue;
                }
                samples++;
                List<RecordedFrame> frames = event.getStackTrace().getFrames();
                top.merge(name(frames.get(0)), 1, Integer::sum);
                RecordedFrame caller = frames.stream()
                        .filter(frame -> !ofTheJdk(frame))
                        .findFirst()
                        .orElse(frames.get(0));
                callers.merge(name(caller), 1, Integer::sum);
                areas.merge(area(caller), 1, Integer::sum);
                frames.stream()
                        .filter(frame -> !ofTheJdk(frame))
                        .map(Profile::name)
                        .distinct()
                        .forEach(name -> within.merge(name, 1, Integer::sum));
            }
        }
        return samples + " samples\n"
                + list("top frames", top, samples)
                + list("first frames outside of the JDK", callers, samples)
                + list("the same by library", areas, samples)
                + list("methods anywhere in the stack (inclusive)", within, samples)
                + "allocated (MB, sampled)\n"
                + allocated.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(12)
                        .map(entry -> Report.format("  %8.0f  %s", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining("\n"));
    }

    /** Native samples of threads that only wait for the network. */
    private static boolean idle(RecordedEvent event) {
        if (!event.getEventType().getName().equals("jdk.NativeMethodSample")) {
            return false;
        }
        String method = event.getStackTrace().getFrames().get(0).getMethod().getName();
        return List.of("epollWait", "wait", "accept", "accept0", "poll", "park", "read0", "wait0")
                        .contains(method)
                || method.startsWith("socketRead");
    }

    private static String list(String title, Map<String, Integer> counts, int samples) {
        return title + "\n"
                + counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .limit(ROWS)
                        .map(entry ->
                                Report.format("  %5.1f %%  %s", 100.0 * entry.getValue() / samples, entry.getKey()))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static boolean ofTheJdk(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String area(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return AREAS.stream().filter(type::startsWith).findFirst().orElseGet(() -> {
            String[] parts = type.split("\\.");
            return String.join(".", List.of(parts).subList(0, Math.min(3, parts.length)));
        });
    }
}
