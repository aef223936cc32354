package org.manusroutes.attachments;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.net.PublicAddress;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Saves files of a task in a folder, by the rules that hold for copies to S3: from which hosts and addresses, how
 * large, how slow, under which name. Nothing is overwritten: of two files of one name, the second gets a number.
 */
public final class LocalFiles implements AutoCloseable {
    private final Path folder;
    private final Downloader downloader;

    /** @param settings those of {@code manus.attachments} are obeyed */
    public LocalFiles(Path folder, Binder settings) throws IOException {
        this.folder = Files.createDirectories(folder);
        AttachmentProperties properties = settings.bindOrCreate("manus.attachments", AttachmentProperties.class);
        boolean anywhere = properties.allowPrivateAddresses();
        // beside where the file goes, so that it appears there whole
        downloader = new Downloader(
                properties, new GuardedResolver(address -> anywhere || PublicAddress.is(address)), new Spool(folder));
    }

    /**
     * Saves one.
     *
     * @param position of the file among those of the task, from 1
     * @param name as it came, so possibly hostile
     * @return where it is now
     * @throws PermanentFailure when it must not be fetched
     * @throws IOException when it cannot be fetched or written now
     */
    public Path save(String taskId, int position, String name, @Nullable String url) throws IOException {
        Download download = downloader.fetch(new Attachment(taskId, taskId, position, 1, 1, name, url, null), url);
        try {
            Path target = free(ObjectKey.safeName(name));
            return Files.move(download.path(), target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(download.path());
        }
    }

    /** An empty file that was not there before. */
    private Path free(String name) throws IOException {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot) : "";
        int number = 1;
        while (true) {
            try {
                return Files.createFile(folder.resolve(number == 1 ? name : stem + "-" + number + extension));
            } catch (FileAlreadyExistsException taken) {
                number++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        downloader.close();
    }
}
