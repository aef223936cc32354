package org.manusroutes.bundle;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What changed between two versions of the bundle. */
public final class BundleDiff {
    private static final int CONTEXT = 3;
    private static final String NOTHING = "/dev/null";

    private final SortedMap<String, String> before;
    private final SortedMap<String, String> after;

    private BundleDiff(Bundle before, Bundle after) {
        this.before = before.texts();
        this.after = after.texts();
    }

    /** In unified form, file by file, as {@code git diff} and {@code patch} know it; empty when nothing changed. */
    public static String between(Bundle before, Bundle after) {
        return new BundleDiff(before, after).text();
    }

    /** The names of the files that differ: {@code +new -gone ~changed}. */
    public static String summary(Bundle before, Bundle after) {
        return new BundleDiff(before, after).summary();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        for (String name : names()) {
            List<String> old = before.getOrDefault(name, "").lines().toList();
            lines.addAll(UnifiedDiffUtils.generateUnifiedDiff(
                    before.containsKey(name) ? "a/" + name : NOTHING,
                    after.containsKey(name) ? "b/" + name : NOTHING,
                    old,
                    DiffUtils.diff(old, after.getOrDefault(name, "").lines().toList()),
                    CONTEXT));
        }
        return String.join("\n", lines);
    }

    private String summary() {
        List<String> changes = new ArrayList<>();
        for (String name : names()) {
            String old = before.get(name);
            if (old == null) {
                changes.add("+" + name);
            } else if (!after.containsKey(name)) {
                changes.add("-" + name);
            } else if (!old.equals(after.get(name))) {
                changes.add("~" + name);
            }
        }
        return String.join(" ", changes);
    }

    private SortedSet<String> names() {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names;
    }
}
