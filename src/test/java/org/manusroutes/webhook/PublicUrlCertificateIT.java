package org.manusroutes.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.DoorStandIn;
import org.manusroutes.support.Bounded;

/** Certificates as they go wrong, made by the JDK's keytool. */
class PublicUrlCertificateIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void trustsAGoodOne() throws Exception {
        KeyStore keys = certificate("-ext", "san=ip:127.0.0.1");
        assertThat(look(keys, trusting(keys)).isGood()).isTrue();
    }

    @Test
    void saysThatOneIsSelfSigned() throws Exception {
        assertThat(look(certificate("-ext", "san=ip:127.0.0.1"), null).found())
                .isEqualTo("the certificate of 127.0.0.1 is self-signed, and Manus does not trust it");
    }

    @Test
    void saysThatOneHasExpired() throws Exception {
        KeyStore keys = certificate("-ext", "san=ip:127.0.0.1", "-startdate", "-40d", "-validity", "30");
        assertThat(look(keys, null).found())
                .startsWith("the certificate of 127.0.0.1 has expired on 20")
                .endsWith("Z");
    }

    @Test
    void saysThatOneIsForAnotherHost() throws Exception {
        KeyStore keys = certificate("-ext", "san=dns:other.example.com");
        assertThat(look(keys, trusting(keys)).found())
                .isEqualTo("the certificate at 127.0.0.1 is for another host: other.example.com");
    }

    @Test
    void saysThatNobodyKnowsItsCa() throws Exception {
        KeyStore keys = certificate("-ext", "san=ip:127.0.0.1", "-ext", "bc=ca:true");
        keytool("-genkeypair", "-alias", "leaf", "-dname", "CN=leaf", "-keyalg", "RSA", "-ext", "san=ip:127.0.0.1");
        keytool(
                "-certreq",
                "-alias",
                "leaf",
                "-file",
                folder.resolve("leaf.csr").toString());
        keytool(
                "-gencert",
                "-alias",
                "door",
                "-ext",
                "san=ip:127.0.0.1",
                "-infile",
                folder.resolve("leaf.csr").toString(),
                "-outfile",
                folder.resolve("leaf.crt").toString());
        keytool(
                "-importcert",
                "-alias",
                "leaf",
                "-file",
                folder.resolve("leaf.crt").toString());
        assertThat(keys.size()).isOne();
        KeyStore leafAlone = read();
        leafAlone.deleteEntry("door");
        assertThat(look(leafAlone, null).found())
                .isEqualTo("the certificate of 127.0.0.1 is not signed by a CA that Java knows (issuer CN=door)");
    }

    private Look look(KeyStore keys, KeyStore trusted) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        try (DoorStandIn door = DoorStandIn.start(context)) {
            return new PublicUrlLook(DoorStandIn.PATH, true, trusted).at(door.url());
        }
    }

    private static KeyStore trusting(KeyStore keys) throws IOException, GeneralSecurityException {
        Certificate certificate = keys.getCertificate("door");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("door", certificate);
        return trusted;
    }

    /** A key with a certificate that it has signed itself. */
    private KeyStore certificate(String... options) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("-genkeypair", "-alias", "door", "-dname", "CN=door", "-keyalg", "RSA", "-keysize", "2048"));
        all.addAll(List.of(options));
        keytool(all.toArray(String[]::new));
        return read();
    }

    private KeyStore read() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(file, PASSWORD);
        }
        return keys;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", "changeit", "-noprompt"));
        Path output = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(Bounded.end(process)).as(Files.readString(output)).isZero();
    }
}
