package org.manusroutes.attachments;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.manusroutes.text.WebLink;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** Where files may come from and where they go; an empty text means "not set". */
@ConfigurationProperties("manus.attachments")
@Validated
record AttachmentProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String bucket,

        @DefaultValue("manus")
        @Size(max = 200)
        @Pattern(regexp = "[A-Za-z0-9._/-]*", message = "may hold letters, digits and . _ - / only")
        String prefix,

        @DefaultValue("") String linkBaseUrl,
        @DefaultValue("") String endpoint,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("us-east-1") @NotBlank String region,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey,

        @DefaultValue("") @Pattern(regexp = "|AES256|aws:kms", message = "is empty, AES256 or aws:kms")
        String serverSideEncryption,

        @DefaultValue("") String kmsKeyId,
        @DefaultValue("") String storageClass,

        @DefaultValue("") @Pattern(regexp = "|sha256", message = "is empty or sha256")
        String checksum,

        @DefaultValue("true") boolean chunkedEncoding,
        @DefaultValue("false") boolean realContentTypes,
        @DefaultValue("2GB") DataSize maxSize,
        @DefaultValue("200") @Min(1) int maxFiles,
        @DefaultValue("12") @Min(1) int copies,

        @DefaultValue({"*.manuscdn.com", "manuscdn.com", "*.manus.im", "manus.im", "s3.amazonaws.com"})
        List<String> allowedHosts,

        @DefaultValue("false") boolean allowHttp,
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration connectTimeout,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration readTimeout,
        @DefaultValue("1KB") DataSize lowestRate,
        @DefaultValue("30m") @DurationMin(millis = 1) Duration totalTimeout,
        @DefaultValue("") String spoolDirectory) {

    /** What S3 takes in one put, which is how a file goes there. */
    private static final DataSize LARGEST_PUT = DataSize.ofGigabytes(5);

    /** Whether files are copied at all: switched on, and with a bucket to put them in. */
    boolean active() {
        return enabled && set(bucket);
    }

    @AssertTrue(
            message = "manus.attachments.max-size is more than 0 and at most 5GB, the most that S3 takes in one put")
    boolean isMaxSizePossible() {
        return maxSize.toBytes() > 0 && maxSize.compareTo(LARGEST_PUT) <= 0;
    }

    @AssertTrue(message = "manus.attachments.access-key and secret-key are set together, or neither is")
    boolean isCredentialsComplete() {
        return set(accessKey) == set(secretKey);
    }

    @AssertTrue(
            message = "manus.attachments.endpoint is a URL with http or https, for example https://minio.example:9000")
    boolean isEndpointUrl() {
        return !set(endpoint) || endpoint.matches("https?://[^/?#\\s]+/?");
    }

    @AssertTrue(
            message = "manus.attachments.link-base-url is an https URL without a query, for example"
                    + " https://files.example.com")
    boolean isLinkBaseUrlAnAddress() {
        return !set(linkBaseUrl)
                || (linkBaseUrl.matches("https://[^?#\\s]+") && linkBaseUrl.equals(WebLink.of(linkBaseUrl)));
    }

    static boolean set(String text) {
        return !text.isBlank();
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "AttachmentProperties[bucket=%s, endpoint=%s, region=%s]".formatted(bucket, endpoint, region);
    }
}
