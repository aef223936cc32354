package org.manusroutes;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** What this process is called in leases, attempts and versions. */
final class NodeName {
    private static final int LONGEST_HOST = 70;

    private NodeName() {}

    /** Unlike that of any other process, also of the one before this on the same machine. */
    static String choose() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown-host";
        }
        String process = ManagementFactory.getRuntimeMXBean().getName();
        String pid = process.substring(0, Math.max(process.indexOf('@'), 0));
        int salt = ThreadLocalRandom.current().nextInt(0x1000, 0x10000);
        return (host.length() > LONGEST_HOST ? host.substring(0, LONGEST_HOST) : host)
                + '-'
                + pid
                + '-'
                + Integer.toHexString(salt);
    }
}
