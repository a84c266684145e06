package io.tailrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class VersionedRecordTest {
    @Test
    void shouldNotEndWhenItIsTheLatestVersion() {
        assertThat(new VersionedRecord<>("a", 5).validTo()).isEmpty();
        assertThat(new VersionedRecord<>("a", 5, 9).validTo()).contains(9L);
    }

    @Test
    void shouldCompareByValueAndBothTimes() {
        assertThat(new VersionedRecord<>("a", 5, 9))
                .isEqualTo(new VersionedRecord<>("a", 5, 9))
                .hasSameHashCodeAs(new VersionedRecord<>("a", 5, 9))
                .isNotEqualTo(new VersionedRecord<>("a", 5))
                .isNotEqualTo(new VersionedRecord<>("a", 5, 8))
                .isNotEqualTo(new VersionedRecord<>("a", 4, 9))
                .isNotEqualTo(new VersionedRecord<>("b", 5, 9));
    }

    @Test
    void shouldRefuseToEndBeforeItBegins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionedRecord<>("a", 5, 4))
                .withMessageContaining("from 5 ms")
                .withMessageContaining("to 4 ms");
    }
}
