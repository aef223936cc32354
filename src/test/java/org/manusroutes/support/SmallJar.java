package org.manusroutes.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A jar of one class, as somebody may put it into {@code lib/}. */
public final class SmallJar {
    private SmallJar() {}

    /** @param type its name, with the package */
    public static void write(Path jar, String type, String source) throws IOException {
        Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent().getParent(), "compile");
        String path = type.replace('.', '/');
        Path file = work.resolve(path + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", work.toString(), file.toString());
        assertThat(code).isZero();
        try (OutputStream bytes = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(bytes)) {
            entries.putNextEntry(new ZipEntry(path + ".class"));
            Files.copy(work.resolve(path + ".class"), entries);
        }
    }
}
