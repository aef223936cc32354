package org.manusroutes;

import java.util.concurrent.ThreadLocalRandom;
import org.manusroutes.net.HostName;

/** What this process is called in leases, attempts and versions. */
final class NodeName {
    private static final int LONGEST_HOST = 70;

    private NodeName() {}

    /** Unlike that of any other process, also of the one before this on the same machine. */
    static String choose() {
        String host = HostName.local();
        int salt = ThreadLocalRandom.current().nextInt(0x1000, 0x10000);
        return host.substring(0, Math.min(LONGEST_HOST, host.length()))
                + '-'
                + ProcessHandle.current().pid()
                + '-'
                + Integer.toHexString(salt);
    }
}
