package org.manusroutes.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;

/** Whether the server's folders take a file: one is written and deleted, for rights alone do not tell. */
public final class FoldersCheck implements Check {
    private final List<Folder> folders;

    public FoldersCheck(List<Folder> folders) {
        this.folders = List.copyOf(folders);
    }

    @Override
    public String name() {
        return "folders";
    }

    @Override
    public String waitsFor() {
        return "a file system";
    }

    @Override
    public List<Finding> run() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Folder folder : folders) {
            findings.add(look(folder));
        }
        return findings.isEmpty() ? List.of(Finding.off(name(), "this server writes no files")) : findings;
    }

    private static Finding look(Folder folder) throws IOException {
        Path there = folder.existing();
        if (there == null || !Files.isDirectory(there)) {
            return Finding.fail(
                    folder.name(), there + " is no folder", "correct " + folder.setting() + ", or delete the file");
        }
        try {
            Files.delete(Files.createTempFile(there, ".manus-doctor-", ".tmp"));
        } catch (IOException e) {
            return Finding.fail(
                    folder.name(),
                    "no file can be written in " + there + " (" + e.getClass().getSimpleName() + ")",
                    "let the user of the server write there, and run doctor as that user; or choose another folder: "
                            + folder.setting());
        }
        if (folder.isInMemory()) {
            return Finding.warn(
                    folder.name(), there + " lies in memory (tmpfs)", "choose a folder on a disk: " + folder.setting());
        }
        boolean isThere = there.equals(folder.path().toAbsolutePath().normalize());
        return Finding.ok(
                folder.name(),
                isThere ? there + " can be written" : folder.path() + " is not there yet; it can be made in " + there);
    }
}
