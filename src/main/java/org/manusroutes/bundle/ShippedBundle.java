package org.manusroutes.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The bundle as this release ships it; the build has checked it. */
public final class ShippedBundle {
    private static final String FILES = "classpath:defaults/routes/*" + RouteFile.SUFFIX;

    private ShippedBundle() {}

    public static String hash() {
        try {
            List<RouteFile> files = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
                try (InputStream content = file.getInputStream()) {
                    files.add(RouteFile.of(String.valueOf(file.getFilename()), content.readAllBytes()));
                }
            }
            return Bundle.of(files).hash();
        } catch (IOException e) {
            throw new IllegalStateException("the jar cannot be read", e);
        }
    }
}
