package io.tailrace.log.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.SerializationException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The golden bytes are those of Kafka 4.3.1's generated classes. */
class TransactionRecordCodecTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final long START = 1_700_000_000_000L;

    private static Transaction transaction(
            TransactionState state, int epoch, long previousId, long nextId, Set<TopicPartition> partitions) {
        long startMs = state == TransactionState.EMPTY ? -1 : START;
        return new Transaction(
                "tx-1",
                1000,
                previousId,
                nextId,
                (short) epoch,
                60_000,
                state,
                new TreeSet<>(partitions),
                startMs,
                START + 123);
    }

    private static Set<TopicPartition> partitions() {
        return Set.of(new TopicPartition("a", 0), new TopicPartition("a", 2), new TopicPartition("bb", 1));
    }

    @Test
    void shouldEncodeTheKeyAsKafkaDoes() {
        assertThat(HEX.formatHex(TransactionRecordCodec.encodeKey("tx-1"))).isEqualTo("0000000474782d31");
    }

    @Test
    void shouldEncodeAnOngoingTransactionAsKafkaDoes() {
        byte[] value =
                TransactionRecordCodec.encodeValue(transaction(TransactionState.ONGOING, 3, -1, -1, partitions()));

        assertThat(HEX.formatHex(value))
                .isEqualTo("000100000000000003e800030000ea60010302610300000000000000020003626202000000010000"
                        + "00018bcfe5687b0000018bcfe568000102020002");
    }

    @Test
    void shouldEncodeAllProducerIdsAsKafkaDoes() {
        byte[] value = TransactionRecordCodec.encodeValue(
                transaction(TransactionState.PREPARE_COMMIT, 3, 7, 2000, partitions()));

        assertThat(HEX.formatHex(value))
                .isEqualTo("000100000000000003e800030000ea60020302610300000000000000020003626202000000010000"
                        + "00018bcfe5687b0000018bcfe56800"
                        + "0300080000000000000007010800000000000007d002020002");
    }

    @Test
    void shouldEncodeAnEmptyTransactionAsKafkaDoes() {
        byte[] value = TransactionRecordCodec.encodeValue(transaction(TransactionState.EMPTY, 0, -1, -1, Set.of()));

        assertThat(HEX.formatHex(value))
                .isEqualTo("000100000000000003e800000000ea6000000000018bcfe5687bffffffffffffffff0102020002");
    }

    @Test
    void shouldDecodeWhatOlderReleasesOfKafkaHaveWritten() {
        byte[] ongoing = HEX.parseHex("000000000000000003e800030000ea600100000002000161000000020000000000000002"
                + "00026262" + "00000001000000010000018bcfe5687b0000018bcfe56800");
        byte[] empty = HEX.parseHex("000000000000000003e800000000ea6000ffffffff0000018bcfe5687bffffffffffffffff");
        byte[] key = TransactionRecordCodec.encodeKey("tx-1");

        assertThat(TransactionRecordCodec.decode(key, ongoing, "here").transaction())
                .isEqualTo(transaction(TransactionState.ONGOING, 3, -1, -1, partitions()));
        assertThat(TransactionRecordCodec.decode(key, empty, "here").transaction())
                .isEqualTo(transaction(TransactionState.EMPTY, 0, -1, -1, Set.of()));
    }

    @Test
    void shouldDecodeATombstone() {
        assertThat(TransactionRecordCodec.decode(TransactionRecordCodec.encodeKey("tx-1"), null, "here"))
                .isEqualTo(new TransactionRecord("tx-1", null));
    }

    @Property
    void shouldDecodeWhatWasEncoded(@ForAll("transactions") Transaction transaction) {
        TransactionRecord decoded = TransactionRecordCodec.decode(
                TransactionRecordCodec.encodeKey(transaction.transactionalId()),
                TransactionRecordCodec.encodeValue(transaction),
                "here");

        assertThat(decoded).isEqualTo(new TransactionRecord(transaction.transactionalId(), transaction));
    }

    @Property
    void shouldRefuseAnyBytesWithoutHarm(@ForAll @Size(max = 80) byte[] key, @ForAll @Size(max = 80) byte[] value) {
        try {
            TransactionRecordCodec.decode(key, value, "here");
        } catch (SerializationException e) {
            assertThat(e).hasMessageStartingWith("here: ");
        }
    }

    @Test
    void shouldRefuseARecordThatWasCutAnywhere() {
        byte[] key = TransactionRecordCodec.encodeKey("tx-1");
        byte[] value = TransactionRecordCodec.encodeValue(
                transaction(TransactionState.PREPARE_ABORT, 3, 7, 2000, partitions()));

        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatThrownBy(() -> TransactionRecordCodec.decode(key, cut, "__transaction_state-3@17"))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("__transaction_state-3@17: ");
        }
    }

    @Test
    void shouldRefuseAVersionOfAnotherRelease() {
        byte[] key = TransactionRecordCodec.encodeKey("tx-1");

        assertThatThrownBy(() -> TransactionRecordCodec.decode(key, HEX.parseHex("0002"), "here"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("another release");
    }

    @Provide
    Arbitrary<Transaction> transactions() {
        Arbitrary<TopicPartition> partition = Combinators.combine(
                        Arbitraries.of("a", "flights", "t".repeat(200)),
                        Arbitraries.integers().between(0, 300))
                .as(TopicPartition::new);
        Arbitrary<TransactionState> state = Arbitraries.of(
                TransactionState.ONGOING,
                TransactionState.PREPARE_COMMIT,
                TransactionState.PREPARE_ABORT,
                TransactionState.COMPLETE_COMMIT,
                TransactionState.COMPLETE_ABORT);
        Arbitrary<Long> ids = Arbitraries.longs().between(-1, Long.MAX_VALUE);
        return Combinators.combine(
                        Arbitraries.strings().alpha().ofMaxLength(300),
                        ids,
                        ids,
                        ids,
                        Arbitraries.shorts(),
                        state,
                        partition.set().ofMaxSize(300))
                .as((id, current, previous, next, epoch, at, partitions) -> new Transaction(
                        id, current, previous, next, epoch, 1, at, new TreeSet<>(partitions), START, START + 1));
    }
}
