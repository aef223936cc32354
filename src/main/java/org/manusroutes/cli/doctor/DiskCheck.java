package org.manusroutes.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.springframework.util.unit.DataSize;

/** Whether the disks of the server's folders have room. */
public final class DiskCheck implements Check {
    /** With less, a database stops writing before somebody has read this. */
    private static final DataSize LEAST = DataSize.ofMegabytes(100);

    private final List<Folder> folders;
    private final ToLongFunction<Path> free;

    /** @param free bytes that this user may still write on the disk of a folder */
    public DiskCheck(List<Folder> folders, ToLongFunction<Path> free) {
        this.folders = List.copyOf(folders);
        this.free = free;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public String waitsFor() {
        return "a file system";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        for (Folder folder : folders) {
            Path there = folder.existing();
            if (there != null) {
                findings.add(look(folder, there));
            }
        }
        return findings.isEmpty() ? List.of(Finding.off(name(), "this server writes no files")) : findings;
    }

    private Finding look(Folder folder, Path there) {
        DataSize left = DataSize.ofBytes(free.applyAsLong(there));
        String found = left.toMegabytes() + " MB are free for the " + folder.name() + " in " + there;
        if (left.compareTo(LEAST) < 0) {
            return Finding.fail(name(), found + ", at least " + LEAST.toMegabytes() + " MB are needed", mend(folder));
        }
        return left.toBytes() < folder.largest()
                ? Finding.warn(
                        name(),
                        found + ", less than "
                                + DataSize.ofBytes(folder.largest()).toMegabytes()
                                + " MB, the most that may go there at once",
                        mend(folder))
                : Finding.ok(name(), found);
    }

    private static String mend(Folder folder) {
        return "make room on the disk, or choose another one: " + folder.setting();
    }
}
