package org.manusroutes.standins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SSH server with SFTP, whose users see one folder. */
public final class SftpStandIn implements AutoCloseable {
    private static final String PASSWORD = "sftp-secret";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;
    private final Path folder;

    private SftpStandIn(Path folder, KeyPair hostKey) {
        this.folder = folder;
        this.hostKey = hostKey;
    }

    public static SftpStandIn start(Path folder) {
        try {
            SftpStandIn sftp = new SftpStandIn(folder, newKey());
            sftp.server.setHost("127.0.0.1");
            sftp.server.setKeyPairProvider(KeyPairProvider.wrap(sftp.hostKey));
            sftp.server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
            sftp.server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
            sftp.server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
            sftp.server.start();
            return sftp;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            return KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has these curves", e);
        }
    }

    public int port() {
        return server.getPort();
    }

    public String password() {
        return PASSWORD;
    }

    /** The line of a {@code known_hosts} file. */
    public String knownHost() {
        return line(hostKey.getPublic());
    }

    /** One with the key of somebody else. */
    public String impostor() {
        return line(newKey().getPublic());
    }

    private String line(PublicKey key) {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(key) + "\n";
    }

    /** The files, by their paths. */
    public List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
