package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileLinksTests {
    @Test
    void encodeTheKeyOfTheObject() {
        FileLinks links = SomeFileLinks.of("https://files.example.com/b", "e1", List.of("manus/t/e1/01-\u00dcb_1.csv"));

        assertThat(links.of("e1", 1)).isEqualTo("https://files.example.com/b/manus/t/e1/01-%C3%9Cb_1.csv");
        assertThat(links.of("e1", 2)).isNull();
        assertThat(links.of("e2", 1)).isNull();
    }

    @Test
    void areNoneWithoutABaseUrl() {
        FileLinks links = SomeFileLinks.of("", "e1", List.of("a"));

        assertThat(links.of("e1", 1)).isNull();
    }

    @Test
    void forgetTheOldestEvents() {
        FileLinks links = new FileLinks("https://files.example.com");
        for (int event = 0; event < 100_000; event++) {
            links.add("e" + event, 1, "a");
        }

        assertThat(links.of("e0", 1)).isNull();
        assertThat(links.of("e99999", 1)).isNotNull();
    }
}
