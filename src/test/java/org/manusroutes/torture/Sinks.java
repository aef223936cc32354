package org.manusroutes.torture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.manusroutes.standins.S3StandIn;

/** All that the application talks to but its database: each remembers what it took, each can be told to fail. */
final class Sinks implements AutoCloseable {
    final SlackSink slack;
    final SmtpSink mail;
    final FileHost files;
    final S3StandIn s3 = S3StandIn.start();
    private final S3Wire s3Wire;

    Sinks(Tally tally) {
        slack = new SlackSink(tally);
        mail = new SmtpSink(tally);
        files = new FileHost(tally);
        s3Wire = new S3Wire(s3.endpoint().getPort(), tally);
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>(slack.settings());
        settings.putAll(mail.settings());
        settings.putAll(files.settings());
        settings.putAll(s3.settings());
        settings.put("manus.attachments.endpoint", "http://127.0.0.1:" + s3Wire.port());
        return settings;
    }

    /** Every fault there is, each as something that can be done. */
    List<Runnable> faults(Random random) {
        List<Runnable> faults = new ArrayList<>();
        for (SlackSink.Fault fault : SlackSink.Fault.values()) {
            faults.add(() -> slack.next(1 + random.nextInt(3), fault));
        }
        for (SmtpSink.Fault fault : SmtpSink.Fault.values()) {
            faults.add(() -> mail.next(1 + random.nextInt(3), fault));
        }
        for (S3Wire.Fault fault : S3Wire.Fault.values()) {
            // more than the SDK's own three tries, now and then
            faults.add(() -> s3Wire.next(1 + random.nextInt(6), fault));
        }
        for (FileHost.Fault fault : FileHost.Fault.values()) {
            faults.add(() -> files.next(1 + random.nextInt(3), fault));
        }
        return faults;
    }

    void heal() {
        slack.heal();
        mail.heal();
        s3Wire.heal();
        files.heal();
    }

    @Override
    public void close() {
        slack.close();
        mail.close();
        files.close();
        s3Wire.close();
        s3.close();
    }
}
