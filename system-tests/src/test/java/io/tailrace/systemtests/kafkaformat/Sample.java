package io.tailrace.systemtests.kafkaformat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.header.RecordHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;

/** A record to be written, by either side. */
final class Sample {
    private final long timestamp;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Header> headers;

    Sample(long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    /** One of each kind: keys and values null, empty and large; headers none, null, empty, twice the same, beyond ASCII. */
    static List<Sample> ofEveryKind() {
        Random random = new Random(7);
        byte[] large = new byte[70_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ('a' + random.nextInt(26));
        }
        List<Sample> samples = new ArrayList<>(ofEverySmallKind());
        samples.add(new Sample(3_000_000_000_000L, bytes("large"), large, List.of()));
        samples.add(new Sample(2_003, large, bytes("large key"), List.of(header("h", "x"))));
        return samples;
    }

    static List<Sample> ofEverySmallKind() {
        return List.of(
                new Sample(1_000, bytes("key"), bytes("value"), List.of()),
                new Sample(1_001, null, bytes("no key"), List.of()),
                new Sample(1_001, bytes("tombstone"), null, List.of()),
                new Sample(900, null, null, List.of()),
                new Sample(0, bytes(""), bytes(""), List.of()),
                new Sample(2_000, bytes("null header"), bytes("v"), List.of(header("h", null))),
                new Sample(2_000, bytes("empty header"), bytes("v"), List.of(header("", ""), header("h", ""))),
                new Sample(2_001, bytes("twice"), bytes("v"), List.of(header("h", "1"), header("h", "2"))),
                new Sample(2_002, bytes("umlaut"), bytes("v"), List.of(header("größe \u20ac \ud83d\ude80", "ü"))));
    }

    /** As many as wanted, the same for the same seed; timestamps grow, but not strictly. */
    static List<Sample> some(int count, long seed) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        long timestamp = 1_700_000_000_000L;
        for (int i = 0; i < count; i++) {
            timestamp += random.nextInt(20) - 5;
            samples.add(new Sample(
                    timestamp,
                    random.nextInt(10) == 0 ? null : bytes("key-" + random.nextInt(100)),
                    random.nextInt(10) == 0 ? null : bytes("value " + i + " " + "ab".repeat(random.nextInt(80))),
                    random.nextInt(4) == 0 ? List.of(header("n", Integer.toString(i))) : List.of()));
        }
        return samples;
    }

    static List<Row> rows(List<Sample> samples, long firstOffset) {
        List<Row> rows = new ArrayList<>();
        for (Sample sample : samples) {
            rows.add(sample.row(firstOffset + rows.size()));
        }
        return rows;
    }

    Row row(long offset) {
        List<String> texts = headers.stream()
                .map(header -> header.key() + "=" + Row.hex(header.value()))
                .toList();
        return new Row(offset, timestamp, Row.hex(key), Row.hex(value), texts);
    }

    SimpleRecord toKafka() {
        return new SimpleRecord(timestamp, key, value, headers.toArray(Header[]::new));
    }

    ProducerRecord<byte[], byte[]> toTailrace(String topic) {
        RecordHeaders copy = new RecordHeaders();
        headers.forEach(header -> copy.add(header.key(), header.value()));
        return new ProducerRecord<>(topic, 0, timestamp, key, value, copy);
    }

    private static Header header(String name, @Nullable String text) {
        return new RecordHeader(name, text == null ? null : bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
