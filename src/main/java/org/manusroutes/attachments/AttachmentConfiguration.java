package org.manusroutes.attachments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.manusroutes.net.PublicAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The beans that the route {@code copy-attachments} names: {@code #attachments} and {@code #s3Client}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AttachmentProperties.class)
class AttachmentConfiguration {
    private static final Logger log = LoggerFactory.getLogger(AttachmentConfiguration.class);

    @Bean
    Attachments attachments(
            AttachmentProperties properties,
            Downloader attachmentDownloader,
            JdbcClient jdbc,
            FileLinks fileLinks,
            @Value("${manus.inbox.workers:16}") int workers) {
        int copies = Math.min(properties.copies(), Math.max(1, workers - 1)); // the others go on
        return new Attachments(
                properties, attachmentDownloader::fetch, new CopiedFiles(jdbc), turns(copies, properties), fileLinks);
    }

    @Bean
    FileLinks fileLinks(AttachmentProperties properties) {
        return new FileLinks(properties.linkBaseUrl().replaceFirst("/+$", ""));
    }

    /** A file may take its time to come, and again to go to S3. */
    private static CopyTurns turns(int copies, AttachmentProperties properties) {
        return new CopyTurns(copies, properties.totalTimeout().multipliedBy(3), System::nanoTime);
    }

    /** In a dry run each file counts as fetched, with the size that the event gives, and none as copied before. */
    @Bean(name = "attachments-dry-run", defaultCandidate = false)
    Attachments attachmentsOfADryRun(AttachmentProperties properties, JdbcClient jdbc) {
        return new Attachments(
                properties,
                (attachment, url) -> new Download(
                        Files.createTempFile("manus-dry-run", null),
                        Objects.requireNonNullElse(attachment.bytes(), 0L),
                        "not fetched"),
                new CopiedFiles(jdbc) {
                    @Override
                    Set<Integer> positions(String eventKey) {
                        return Set.of();
                    }

                    @Override
                    void add(Attachment attachment, FetchedFile file, String bucket) {
                        // a dry run leaves no trace
                    }
                },
                turns(Integer.MAX_VALUE, properties),
                FileLinks.none());
    }

    @Bean
    Downloader attachmentDownloader(AttachmentProperties properties) {
        String directory = AttachmentProperties.set(properties.spoolDirectory())
                ? properties.spoolDirectory()
                : System.getProperty("java.io.tmpdir");
        Spool spool = new Spool(Path.of(directory));
        if (properties.active()) {
            spool.open();
            log.info("Copying files is on: to the bucket {}", properties.bucket());
        } else {
            log.info("Copying files is off: set manus.attachments.bucket");
        }
        if (properties.allowHttp() || properties.allowPrivateAddresses()) {
            log.warn("Files may come over http or from private addresses (manus.attachments.allow-*): for tests only");
        }
        boolean anywhere = properties.allowPrivateAddresses();
        return new Downloader(properties, new GuardedResolver(address -> anywhere || PublicAddress.is(address)), spool);
    }

    /** Made with the first file that goes to S3; camel-aws2-s3 is told to use it by the route. */
    @Bean
    @Lazy
    S3Client s3Client(AttachmentProperties properties) {
        return S3Clients.open(properties);
    }

    @Bean("s3Client-dry-run")
    Supplier<Object> s3ClientOfADryRun() {
        return S3Clients::ofADryRun;
    }
}
