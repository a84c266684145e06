package io.tailrace.common;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur2Test {
    /** Values that Kafka's Java client gives. */
    @ParameterizedTest
    @CsvSource({
        "21, -973932308",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
        "abc, 479470107"
    })
    void shouldHashAsKafkaDoes(String key, int expected) {
        assertThat(Murmur2.hash(key.getBytes(UTF_8))).isEqualTo(expected);
    }

    @Test
    void shouldHashEveryTailLengthDifferently() {
        assertThat(new int[] {hash(""), hash("x"), hash("xx"), hash("xxx"), hash("xxxx"), hash("xxxxx")})
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldClearTheSignBitInsteadOfTakingTheAbsoluteValue() {
        // -973932308 & 0x7fffffff = 1173551340
        assertThat(Murmur2.toPartition("21".getBytes(UTF_8), 1000)).isEqualTo(340);
    }

    @Property
    void shouldStayWithinThePartitions(@ForAll byte[] key, @ForAll @IntRange(min = 1) int partitions) {
        assertThat(Murmur2.toPartition(key, partitions)).isBetween(0, partitions - 1);
    }

    @Test
    void shouldRefuseATopicWithoutPartitions() {
        assertThatThrownBy(() -> Murmur2.toPartition(new byte[0], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 partitions");
    }

    private static int hash(String key) {
        return Murmur2.hash(key.getBytes(UTF_8));
    }
}
