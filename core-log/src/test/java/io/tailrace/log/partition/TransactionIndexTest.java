package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionIndexTest {
    private static final AbortedTransaction FIRST = new AbortedTransaction(7, 10, 19, 12);
    private static final AbortedTransaction SECOND = new AbortedTransaction(8, 12, 30, 31);
    private static final AbortedTransaction THIRD = new AbortedTransaction(7, 40, 50, 51);

    /** Worked out by hand from the format's documentation. */
    @Test
    void shouldWriteTheEntriesThatKafkaWrites() {
        byte[] bytes = of(new AbortedTransaction(4711, 258, 259, 260)).encode(0, 1000);

        assertThat(HexFormat.of().formatHex(bytes))
                .startsWith(
                        "0000" // version
                                + "0000000000001267" // producer id 4711
                                + "0000000000000102" // first offset
                                + "0000000000000103" // last offset
                                + "0000000000000104" // last stable offset
                                + "00000000000003e8"); // behind Kafka's entries: the end offset
        assertThat(bytes).hasSize(34 + 12);
        assertThat(of(new AbortedTransaction(4711, 258, 259, 260)).encodeEntries())
                .isEqualTo(Arrays.copyOf(bytes, 34));
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        TransactionIndex index = of(FIRST, SECOND, THIRD);
        assertThat(TransactionIndex.decode(index.encode(5, 60), 5, 60).all()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(TransactionIndex.decode(of().encode(5, 60), 5, 60).all()).isEmpty();
    }

    @Test
    void shouldFindWhatOverlaps() {
        assertThat(overlapping(0, 10)).isEmpty();
        assertThat(overlapping(0, 11)).containsExactly(FIRST);
        assertThat(overlapping(19, 20)).containsExactly(FIRST, SECOND);
        assertThat(overlapping(20, 21)).containsExactly(SECOND);
        assertThat(overlapping(31, 40)).isEmpty();
        assertThat(overlapping(30, 41)).containsExactly(SECOND, THIRD);
        assertThat(overlapping(50, 60)).containsExactly(THIRD);
        assertThat(overlapping(51, 60)).isEmpty();
    }

    @Test
    void shouldSayWhenNoLaterSegmentMatters() {
        TransactionIndex index = of(FIRST, SECOND);
        assertThat(index.collect(0, 12, new ArrayList<>()))
                .as("stable up to 12")
                .isTrue();
        assertThat(index.collect(0, 31, new ArrayList<>())).isTrue();
        assertThat(index.collect(0, 32, new ArrayList<>())).isFalse();
        assertThat(of().collect(0, 1, new ArrayList<>())).isFalse();
    }

    @Test
    void shouldRefuseEveryFlippedByteAndEveryLength() {
        byte[] good = of(FIRST, SECOND).encode(5, 60);
        for (int i = 0; i < good.length; i++) {
            for (int flip : new int[] {1, 0x80, 0xff}) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) flip;
                assertRefused(bad, 5, 60);
            }
            assertRefused(Arrays.copyOf(good, i), 5, 60);
            assertRefused(Arrays.copyOf(good, good.length + 1 + i), 5, 60);
        }
        assertRefused(good, 6, 60);
        assertRefused(good, 5, 61);
    }

    private static void assertRefused(byte[] bytes, long baseOffset, long endOffset) {
        assertThatThrownBy(() -> TransactionIndex.decode(bytes, baseOffset, endOffset))
                .isInstanceOf(InvalidIndexException.class);
    }

    private static List<AbortedTransaction> overlapping(long from, long to) {
        List<AbortedTransaction> found = new ArrayList<>();
        of(FIRST, SECOND, THIRD).collect(from, to, found);
        return found;
    }

    private static TransactionIndex of(AbortedTransaction... entries) {
        TransactionIndex index = new TransactionIndex();
        List.of(entries).forEach(index::append);
        return index;
    }
}
