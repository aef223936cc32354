package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.BundleDiff;
import org.manusroutes.bundle.live.BundleVersions.Version;
import org.manusroutes.support.Databases;

class BundleVersionsIT {
    private static Bundle bundle(String text) {
        return Bundle.ofTexts(Map.of("a.camel.yaml", text + "\n", "b.camel.yaml", "the same\n"));
    }

    @ParameterizedTest
    @EnumSource
    void numbersWhatChangesAndSaysWhatChanged(Databases database) {
        BundleVersions versions = BundleVersions.open(database.migrated());
        assertThat(versions.newest()).isEmpty();
        assertThat(versions.add(bundle("one"), "n")).isEqualTo(1);
        assertThat(versions.add(bundle("one"), "other node")).isEqualTo(1);
        assertThat(versions.add(bundle("two"), "n")).isEqualTo(2);
        assertThat(versions.add(bundle("one"), "n")).isEqualTo(3);

        Version second = versions.find(2).orElseThrow();
        assertThat(second.bundle()).isEqualTo(bundle("two"));
        assertThat(second.node()).isEqualTo("n");
        assertThat(second.diff()).isEqualTo("--- a/a.camel.yaml\n+++ b/a.camel.yaml\n@@ -1,1 +1,1 @@\n-one\n+two");
        assertThat(BundleDiff.summary(versions.find(1).orElseThrow().bundle(), second.bundle()))
                .isEqualTo("~a.camel.yaml");
        assertThat(versions.knows(bundle("two"))).isTrue();
        assertThat(versions.knows(bundle("three"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLastFifty(Databases database) {
        BundleVersions versions = BundleVersions.open(database.migrated());
        for (int i = 1; i <= 60; i++) {
            versions.add(bundle("text " + i), "n");
        }
        assertThat(versions.list())
                .hasSize(50)
                .extracting(Version::number)
                .startsWith(11L)
                .endsWith(60L);
    }

    @ParameterizedTest
    @EnumSource
    void givesNodesThatTakeTheSameAtTheSameMomentTheSameNumber(Databases database) throws Exception {
        BundleVersions versions = BundleVersions.open(database.migrated());
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            for (int i = 1; i <= 10; i++) {
                Bundle bundle = bundle("text " + i);
                List<Future<Long>> numbers = new ArrayList<>();
                for (int node = 0; node < 4; node++) {
                    numbers.add(nodes.submit(() -> versions.add(bundle, "n")));
                }
                for (Future<Long> number : numbers) {
                    assertThat(number.get()).isEqualTo(i);
                }
            }
        } finally {
            nodes.shutdown();
        }
    }
}
