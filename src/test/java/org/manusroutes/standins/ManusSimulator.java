package org.manusroutes.standins;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Manus on this machine: the API, v2 and what v1 has, tasks that run, signed deliveries, files. */
public final class ManusSimulator implements StandIn {
    private static final String API_KEY = "sk-simulated";

    private final ManusSigner signer = new ManusSigner();
    private final Registrations registrations = new Registrations();
    private final ExecutorService requests = Executors.newFixedThreadPool(8, named("manus-simulator-http"));
    private final ExecutorService senders = Executors.newFixedThreadPool(4, named("manus-simulator-sender"));
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(named("manus-simulator-tasks"));
    private final Deliveries deliveries = new Deliveries(signer, senders);
    private final RegistrationCalls registering = new RegistrationCalls(registrations, deliveries);
    private final HttpServer server;
    private final FileShelf files;
    private final Uploads uploads;
    private final SampleTasks tasks;
    private final SimulatorCalls calls;
    private final SimulatorApi api;
    private volatile DeliveryFaults faults = DeliveryFaults.none();

    private ManusSimulator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        files = new FileShelf(baseUrl());
        uploads = new Uploads(baseUrl());
        tasks = new SampleTasks(files, scheduler, this::emit);
        calls = new SimulatorCalls(registering, registrations, tasks, files, uploads, signer.publicKeyPem());
        api = new SimulatorApi(calls, API_KEY);
        server.createContext("/v1/", api);
        server.createContext("/v2/", api);
        server.createContext("/files/", files);
        server.createContext("/uploads/", uploads);
        server.setExecutor(requests);
        server.start();
    }

    public static ManusSimulator start() {
        try {
            return new ManusSimulator();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Without a public key: the application fetches it. Files come over http from this machine. */
    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("manus.api.key", API_KEY);
        settings.put("manus.api.base-url", baseUrl());
        // nothing else calls the API than what a test is about
        settings.put("manus.api.reconcile-every", "0");
        settings.put("manus.attachments.allow-http", true);
        settings.put("manus.attachments.allow-private-addresses", true);
        settings.put("manus.attachments.allowed-hosts", "127.0.0.1");
        return settings;
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String publicKeyPem() {
        return signer.publicKeyPem();
    }

    /** PKCS#8. */
    public String privateKeyPem() {
        return signer.privateKeyPem();
    }

    /** The two headers of a delivery, for tests that send it themselves. */
    public Map<String, String> signature(String url, byte[] body, Instant at) {
        return signer.headers(url, body, at);
    }

    /** Registers without a test delivery and without the API. */
    public String register(String url) {
        return String.valueOf(registrations.add(url).get("id"));
    }

    public void deactivate(String webhookId) {
        registrations.deactivate(webhookId);
    }

    public List<Map<String, Object>> registrations() {
        return registrations.all();
    }

    /** Signs and sends once to the newest active registration; the answer is in the delivery. */
    public Delivery deliver(Map<String, Object> event) {
        return deliver(Deliveries.bytes(event));
    }

    public Delivery deliver(byte[] body) {
        List<String> urls = registrations.activeUrls();
        if (urls.isEmpty()) {
            throw new IllegalStateException("nobody is registered");
        }
        return deliveries.signed(urls.get(urls.size() - 1), body);
    }

    /** Everything that was sent so far, tests at registration and repeats included. */
    public List<Delivery> deliveries() {
        return deliveries.all();
    }

    /** Runs a task: its events go out, each until it is answered with 200, six times at most. */
    public SimulatedTask sampleTask(SampleTask kind) {
        return tasks.start(kind, kind.title(), kind.title());
    }

    /** A task that waits; its event goes out at once. */
    public SimulatedTask waitingTask(Waiting what) {
        return tasks.waiting(what);
    }

    /** The task asks something more; that event goes out too. */
    public void askAgain(SimulatedTask task, Waiting what) {
        tasks.askAgain(task, what);
    }

    /** As {@link #sampleTask(SampleTask)}, with a title of its own. */
    public SimulatedTask sampleTask(SampleTask kind, String title) {
        return tasks.start(kind, title, title);
    }

    /** An event of a task that is made up for it; {@code task_stopped} has no reason until it is given one. */
    public EventBuilder event(String type) {
        return event(type, Ids.taskId());
    }

    public EventBuilder event(String type, String taskId) {
        return new EventBuilder(files, type, taskId, Instant.now().getEpochSecond());
    }

    /** The same event, as another delivery of it may look: its attachments' URLs signed afresh. */
    public Map<String, Object> resigned(Map<String, Object> event) {
        Map<String, Object> copy = Deliveries.copy(event);
        if (copy.get("task_detail") instanceof Map<?, ?> detail && detail.get("attachments") instanceof List<?> list) {
            list.forEach(calls::resign);
        }
        return copy;
    }

    /** From now on the file URLs handed out so far answer 403. */
    public void expireUrls() {
        files.expireUrls();
    }

    /** Whether the test at registration is sent without a signature. */
    public void probeUnsigned(boolean unsigned) {
        registering.probeUnsigned(unsigned);
    }

    /** The next calls of the API, this many, answer 429. */
    public void limitNext(int count) {
        api.limitNext(count);
    }

    /** The next calls of task.listMessages, this many, answer 404. */
    public void hideMessages(int count) {
        api.hideMessages(count);
    }

    /** Whether calls beyond the limits of a minute answer 429. */
    public void keepLimits(boolean keep) {
        api.keepLimits(keep);
    }

    /** The most calls of a kind ({@code read}, {@code send}, {@code write}) within any 60 seconds. */
    public int mostInAMinute(String kind) {
        return api.mostInAMinute(kind);
    }

    /** How many calls were answered with 429. */
    public int refused() {
        return api.refused();
    }

    /** From now on task.listMessages answers 404 for tasks that are younger. */
    public void hideYoungerThan(Duration age) {
        calls.hideYoungerThan(age);
    }

    /** What becomes of the deliveries from now on. */
    public void deliver(DeliveryFaults with) {
        faults = with;
    }

    /** The files that were uploaded, by their names. */
    public Map<String, byte[]> uploads() {
        return uploads.contents();
    }

    /** The next POSTs to the API, this many, get no answer: their connection is cut, after they were heard, or before. */
    public void cutNext(int count, boolean heard) {
        api.cutNext(count, heard);
    }

    /** Newest first. */
    public List<SimulatedTask> tasks() {
        return tasks.newestFirst();
    }

    /** Method and path of each call of the API, in their order. */
    public List<String> calls() {
        return api.calls();
    }

    @Override
    public void close() {
        server.stop(0);
        scheduler.shutdownNow();
        senders.shutdownNow();
        requests.shutdownNow();
    }

    private void emit(Map<String, Object> event) {
        byte[] body = Deliveries.bytes(event);
        faults.deliver(
                String.valueOf(event.get("event_id")),
                () -> registrations.activeUrls().forEach(url -> deliveries.untilAccepted(url, body)),
                scheduler);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
