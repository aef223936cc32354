package org.manusroutes.attachments;

import static org.manusroutes.attachments.AttachmentProperties.set;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Asks for encryption and a storage class with each put, and gives the checksum that a bucket with Object Lock wants.
 *
 * <p>Not left to camel-aws2-s3: its {@code useAwsKMS} without a key id puts the object without asking for KMS.
 */
record PutDefaults(AttachmentProperties settings) implements ExecutionInterceptor {

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof PutObjectRequest put)) {
            return context.request();
        }
        PutObjectRequest.Builder changed = put.toBuilder();
        String encryption = settings.serverSideEncryption();
        if (set(encryption)) {
            changed.serverSideEncryption(encryption);
        }
        if (encryption.equals("aws:kms") && set(settings.kmsKeyId())) {
            changed.ssekmsKeyId(settings.kmsKeyId());
        }
        if (set(settings.storageClass())) {
            changed.storageClass(settings.storageClass());
        }
        String sha256 = put.metadata().get(ObjectMetadata.SHA256);
        if (settings.checksum().equals("sha256") && sha256 != null) {
            changed.checksumSHA256(VerifiedPuts.base64(sha256));
        }
        return changed.build();
    }
}
