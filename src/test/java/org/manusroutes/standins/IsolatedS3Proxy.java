package org.manusroutes.standins;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Runs s3proxy apart from the application's class path, because both bring an AWS SDK, a Jetty and a Logback. */
final class IsolatedS3Proxy {
    /** Where the build puts it (pom.xml, execution {@code s3-stand-in}). */
    private static final Path JAR = Path.of("target", "stand-ins", "s3proxy.jar");

    /** Its own Logback would write to the application's console; this folder's logback.xml comes first. */
    private static final Path QUIET = Path.of("target", "test-classes", "s3proxy");

    private final URI endpoint;
    private final Properties properties = new Properties();
    private @Nullable URLClassLoader loader;
    private @Nullable Object proxy;

    IsolatedS3Proxy(URI endpoint, Path folder, String accessKey, String secretKey) {
        this.endpoint = endpoint;
        properties.setProperty("s3proxy.endpoint", endpoint.toString());
        properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        properties.setProperty("s3proxy.identity", accessKey);
        properties.setProperty("s3proxy.credential", secretKey);
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    }

    URI endpoint() {
        return endpoint;
    }

    synchronized void start() {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR.toAbsolutePath() + " is missing: ./mvnw generate-test-resources puts it there");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            loader = new URLClassLoader(
                    new URL[] {QUIET.toUri().toURL(), JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            thread.setContextClassLoader(loader);
            Object store = loader.loadClass("org.gaul.s3proxy.BlobStores")
                    .getMethod("create", String.class, Properties.class)
                    .invoke(null, "filesystem", properties);
            Class<?> builderClass = loader.loadClass("org.gaul.s3proxy.S3Proxy$Builder");
            Object builder =
                    builderClass.getMethod("fromProperties", Properties.class).invoke(null, properties);
            builderClass
                    .getMethod("blobStore", loader.loadClass("org.gaul.s3proxy.blobstore.BlobStore"))
                    .invoke(builder, store);
            proxy = builderClass.getMethod("build").invoke(builder);
            call("start");
        } catch (ReflectiveOperationException | MalformedURLException e) {
            throw new IllegalStateException("s3proxy did not start at " + endpoint, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    synchronized void stop() {
        if (proxy == null || loader == null) {
            return;
        }
        try {
            call("stop");
            loader.close();
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("s3proxy did not stop at " + endpoint, e);
        } finally {
            proxy = null;
            loader = null;
        }
    }

    private void call(String method) throws ReflectiveOperationException {
        try {
            proxy.getClass().getMethod(method).invoke(proxy);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("s3proxy: " + method, e.getCause());
        }
    }
}
