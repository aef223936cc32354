package org.manusroutes.attachments;

import static org.manusroutes.attachments.AttachmentProperties.set;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Asks for encryption and a storage class with each put.
 *
 * <p>Not left to camel-aws2-s3: its {@code useAwsKMS} without a key id puts the object without asking for KMS.
 */
record PutDefaults(String encryption, String kmsKeyId, String storageClass) implements ExecutionInterceptor {

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof PutObjectRequest put)) {
            return context.request();
        }
        PutObjectRequest.Builder changed = put.toBuilder();
        if (set(encryption)) {
            changed.serverSideEncryption(encryption);
        }
        if (encryption.equals("aws:kms") && set(kmsKeyId)) {
            changed.ssekmsKeyId(kmsKeyId);
        }
        if (set(storageClass)) {
            changed.storageClass(storageClass);
        }
        return changed.build();
    }
}
