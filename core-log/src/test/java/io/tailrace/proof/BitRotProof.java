package io.tailrace.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.storage.FaultyStorage;
import io.tailrace.log.storage.MemoryStorage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes of a small data directory are flipped, one at a time, and its files are cut at each length. Then the log is opened and
 * everything read: what is read is what was written, at its offset; what cannot be read is an error that names the file; and it
 * takes no more reads than a few for each file. Salvaging it saves every batch but the damaged ones.
 *
 * <p>{@code -Dproof.stride=1} takes every byte and every length; the default takes some, others with another {@code
 * -Dproof.seed=}.
 */
class BitRotProof {
    private static final int STRIDE_IN_CI = 11;
    private static final int MOST_READS = 5_000;
    private static final int MOST_VIOLATIONS = 5;

    /** What a flipped byte becomes: one bit, all bits, and zero. */
    private static final int PATTERNS = 3;

    private final AtomicInteger images = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final AtomicInteger unharmed = new AtomicInteger();
    private final AtomicInteger salvaged = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    private final ConcurrentSkipListMap<String, AtomicInteger> byKind = new ConcurrentSkipListMap<>();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES) // an upper bound for a log that hangs
    void shouldNeverShowWhatWasNotWritten() {
        for (SmallLog log : List.of(SmallLog.closed(), SmallLog.killed())) {
            log.image().files().keySet().parallelStream().forEach(path -> damage(log, path));
        }
        Settings.print(
                "bit-rot",
                "%,d damaged directories (%s): %,d refused, %,d with unreadable records, %,d unharmed; %,d salvaged; %,d violations",
                images.get(),
                byKind,
                refused.get(),
                unreadable.get(),
                unharmed.get(),
                salvaged.get(),
                violations.size());
        assertThat(violations).isEmpty();
    }

    private void damage(SmallLog log, String path) {
        byte[] bytes = Objects.requireNonNull(log.image().files().get(path));
        int stride = Settings.count("stride", STRIDE_IN_CI);
        int first = (int) Math.floorMod(Settings.seed() + path.hashCode(), (long) stride);
        IntStream.iterate(first, at -> at < bytes.length * PATTERNS, at -> at + stride)
                .parallel()
                .forEach(n -> flip(log, path, bytes, n / PATTERNS, n % PATTERNS));
        IntStream.iterate(first, at -> at < bytes.length, at -> at + stride)
                .parallel()
                .forEach(length -> check(
                        log,
                        path,
                        path + " cut to " + length + " of " + bytes.length,
                        Arrays.copyOf(bytes, length),
                        length,
                        bytes.length));
    }

    private void flip(SmallLog log, String path, byte[] bytes, int at, int pattern) {
        byte[] changed = bytes.clone();
        changed[at] = switch (pattern) {
            case 0 -> (byte) (bytes[at] ^ 1 << (at * 5 + 3) % Byte.SIZE);
            case 1 -> (byte) ~bytes[at];
            default -> 0;
        };
        if (changed[at] != bytes[at]) {
            check(log, path, path + " at " + at + ": " + bytes[at] + " -> " + changed[at], changed, at, at + 1);
        }
    }

    private void check(SmallLog log, String path, String what, byte[] changed, int from, int to) {
        if (violations.size() >= MOST_VIOLATIONS) {
            return;
        }
        images.incrementAndGet();
        byKind.computeIfAbsent(path.substring(path.lastIndexOf('.') + 1), k -> new AtomicInteger())
                .incrementAndGet();
        FaultyStorage.Device device = new FaultyStorage.Device(null);
        MemoryStorage storage = log.image().with(path, changed).toStorage();
        try (EmbeddedLog opened = EmbeddedLog.open(new FaultyStorage(storage, device), log.options())) {
            check(log, opened);
        } catch (TailraceException e) {
            if (String.valueOf(e.getMessage()).contains(path.substring(path.lastIndexOf('/') + 1))) {
                refused.incrementAndGet();
            } else {
                violations.add(what + ": the error does not name the file: " + e);
            }
        } catch (Violation e) {
            violations.add(what + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            violations.add(what + ": " + e + "\n" + Violation.traceOf(new Violation("", e)));
        }
        salvage(log, path, what, changed, from, to);
        int reads = device.count(FaultyStorage.Kind.READ);
        if (reads > MOST_READS) {
            violations.add(what + ": took " + reads + " reads");
        }
    }

    private void salvage(SmallLog log, String path, String what, byte[] changed, int from, int to) {
        try {
            byte[] original = Objects.requireNonNull(log.image().files().get(path));
            SalvageCheck.check(log, log.image().with(path, changed).toStorage(), path, original, from, to);
            salvaged.incrementAndGet();
        } catch (RuntimeException | Error e) {
            violations.add(what + ": salvage: " + e + "\n" + Violation.traceOf(new Violation("", e)));
        }
    }

    private void check(SmallLog log, EmbeddedLog opened) {
        Violation.check(
                opened.admin().listTopics().equals(log.topics()),
                "topics are {}, not {}",
                opened.admin().listTopics(),
                log.topics());
        boolean harmed = false;
        for (Map.Entry<TopicPartition, List<ConsumerRecord<String, String>>> expected :
                log.records().entrySet()) {
            Reading reading = Reading.of(opened, expected.getKey());
            harmed |= reading.records().size() < expected.getValue().size();
            check(expected.getKey(), expected.getValue(), reading);
        }
        for (ConsumerRecord<String, String> record :
                Reading.committed(opened, new TopicPartition("transactions", 0)).records()) {
            Violation.check(
                    !log.aborted().contains(String.valueOf(record.value())),
                    "transactions-0@{} was aborted and is read as committed",
                    record.offset());
        }
        log.committed().forEach((group, allowed) -> {
            if (opened.admin().listGroups().contains(group)) {
                opened.admin()
                        .committedOffsets(group)
                        .forEach((partition, found) -> checkCommit(allowed, partition, found));
            }
        });
        (harmed ? unreadable : unharmed).incrementAndGet();
    }

    private static void check(TopicPartition partition, List<ConsumerRecord<String, String>> written, Reading reading) {
        checkRead(partition, written, reading);
        Set<Long> read = new HashSet<>();
        reading.records().forEach(record -> read.add(record.offset()));
        for (ConsumerRecord<String, String> record : written) {
            long offset = record.offset();
            boolean reported = offset < reading.start()
                    || offset >= reading.end()
                    || reading.unreadable().contains(offset);
            Violation.check(reported || read.contains(offset), "{}@{} is left out without an error", partition, offset);
        }
    }

    /** Whatever is read is what was written. */
    static void checkRead(TopicPartition partition, List<ConsumerRecord<String, String>> written, Reading reading) {
        Map<Long, ConsumerRecord<String, String>> byOffset = new HashMap<>();
        written.forEach(record -> byOffset.put(record.offset(), record));
        for (ConsumerRecord<String, String> record : reading.records()) {
            ConsumerRecord<String, String> original = byOffset.get(record.offset());
            Violation.check(
                    original != null && same(original, record),
                    "{}@{} is {}, not {}",
                    partition,
                    record.offset(),
                    record.value(),
                    original == null ? null : original.value());
        }
    }

    private static boolean same(ConsumerRecord<String, String> one, ConsumerRecord<String, String> other) {
        return Objects.equals(one.key(), other.key())
                && Objects.equals(one.value(), other.value())
                && one.timestamp() == other.timestamp()
                && one.headers().equals(other.headers());
    }

    private static void checkCommit(List<Long> allowed, TopicPartition partition, OffsetAndMetadata found) {
        Violation.check(
                allowed.contains(found.offset()), "committed for {} is {}, was one of {}", partition, found, allowed);
    }
}
