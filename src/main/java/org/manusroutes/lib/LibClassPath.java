package org.manusroutes.lib;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The class path of {@code java -jar}: the application, and after it the jars of {@code lib/} that lie beside its jar.
 *
 * <p>It is one class loader and not a child of the application's, whose auto-configuration looks for classes of
 * {@code lib/}. It is loaded before anything of Spring: it uses the JDK alone.
 */
public final class LibClassPath {
    /** The folder that {@code lib/} and {@code application.yaml} lie in; the current folder when it is not set. */
    public static final String HOME = "manus.home";

    /** Of Spring Boot, at the root of the jar; where the class path is the JVM's, it holds lib/ already. */
    private static final String LAUNCHED = "org.springframework.boot.loader.launch.LaunchedClassLoader";

    private LibClassPath() {}

    /**
     * Runs the main method again in a class loader that has the jars of {@code lib/} too.
     *
     * @return false when there is no need to, so that the caller is to go on
     */
    public static boolean runs(Class<?> main, String... args) throws ReflectiveOperationException {
        if (!(main.getClassLoader() instanceof URLClassLoader present)
                || !present.getClass().getName().equals(LAUNCHED)) {
            return false;
        }
        Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        Path home = Optional.ofNullable(jar.getParent()).orElse(jar);
        System.setProperty(HOME, System.getProperty(HOME, home.toString()));
        URL[] extra = jars(home.resolve("lib"));
        if (extra.length == 0 || Arrays.asList(present.getURLs()).containsAll(Arrays.asList(extra))) {
            return false;
        }
        ClassLoader whole = present.getClass()
                .asSubclass(ClassLoader.class)
                .getConstructor(boolean.class, URL[].class, ClassLoader.class)
                .newInstance(
                        false,
                        Stream.of(present.getURLs(), extra).flatMap(Stream::of).toArray(URL[]::new),
                        present.getParent());
        Thread.currentThread().setContextClassLoader(whole);
        whole.loadClass(main.getName()).getMethod("main", String[].class).invoke(null, (Object) args);
        return true;
    }

    /** In the order of their names: that of a folder's entries differs from one machine to the next. */
    private static URL[] jars(Path lib) {
        File[] files =
                lib.toFile().listFiles(file -> file.getName().endsWith(".jar") && Files.isReadable(file.toPath()));
        return files == null
                ? new URL[0]
                : Stream.of(files).sorted().map(LibClassPath::url).toArray(URL[]::new);
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
