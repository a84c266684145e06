package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.stores.ScratchDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** All variants of all kinds driven at random beside sorted maps: reads, commits, crashes, and lost disks. */
class StorePropertiesTest {
    private static final int STEPS = 60;

    /** How often each try is repeated, with other seeds: for longer runs by hand. */
    private static final int ROUNDS = Integer.getInteger("proof.rounds", 1);

    private static final long TICK_MS = 10_000;

    @Property(tries = 25)
    void shouldAgreeWithASortedMapInMemory(@ForAll long seed) throws IOException {
        driveAll(Storage.MEMORY, seed);
    }

    @Property(tries = 3)
    void shouldAgreeWithASortedMapInRocksDb(@ForAll long seed) throws IOException {
        driveAll(Storage.ROCKSDB, seed);
    }

    private static int drives;
    private static int commits;
    private static int restarts;
    private static int lostDisks;
    private static int differences;

    /** One line of counts, as other proofs print. */
    @AfterContainer
    static void report() {
        System.out.printf(
                Locale.ROOT,
                "stores: %,d variants of %d kinds, %,d drives of %d steps, %,d commits, %,d restarts, %,d lost disks,"
                        + " %d differences%n",
                StoreVariant.all().size(),
                StoreKind.values().length,
                drives,
                STEPS,
                commits,
                restarts,
                lostDisks,
                differences);
    }

    private static void driveAll(Storage storage, long seed) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            driveOnce(storage, seed + round);
        }
    }

    private static void driveOnce(Storage storage, long seed) throws IOException {
        for (StoreVariant variant : StoreVariant.all()) {
            if (variant.storage() == storage) {
                try (Drive drive = new Drive(variant, new Random(seed))) {
                    drive.run();
                } catch (AssertionError | RuntimeException e) {
                    differences++;
                    throw new AssertionError(variant + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static final class Drive implements AutoCloseable {
        private final StoreVariant variant;
        private final Random random;
        private final List<ConsumerRecord<byte[], byte[]>> committedLog = new ArrayList<>();
        private ScratchDirectory disk = ScratchDirectory.create();
        private OpenStore store;
        private Model model;
        private Model committed;
        private long tick;

        Drive(StoreVariant variant, Random random) throws IOException {
            this.variant = variant;
            this.random = random;
            this.store = OpenStore.open(variant, disk.path());
            this.model = variant.kind().model();
            this.committed = model.copy();
        }

        void run() throws IOException {
            drives++;
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(20)) {
                    case 0, 1 -> commit();
                    case 2 -> restart();
                    case 3 -> loseTheDisk();
                    default -> put(step);
                }
                check(store.subject().owner(), model);
                check(store.subject().reader(), committed);
            }
        }

        private void put(long number) {
            tick += random.nextInt(2);
            String key = key();
            long timeMs = timeMs();
            long startMs = startMs(timeMs);
            Long value = random.nextInt(5) == 0 ? null : number;
            store.subject().put(key, startMs, timeMs, value);
            model.put(key, startMs, timeMs, value);
        }

        private void commit() {
            commits++;
            store.commit();
            committed = model.copy();
            committedLog.clear();
            committedLog.addAll(store.changelog());
            assertThat(store.store().approximateUncommittedBytes()).isZero();
        }

        /** What is not committed is gone; what a store in memory had comes back from its changelog, if it has one. */
        private void restart() {
            restarts++;
            store.close();
            reopen(variant.persistent() || variant.logged());
        }

        private void loseTheDisk() throws IOException {
            lostDisks++;
            store.close();
            disk.close();
            disk = ScratchDirectory.create();
            reopen(variant.logged());
        }

        private void reopen(boolean remembers) {
            store = OpenStore.open(variant, disk.path());
            Long offset = store.store().committedOffset(OpenStore.CHANGELOG);
            store.restore(
                    List.copyOf(committedLog.subList(offset == null ? 0 : offset.intValue(), committedLog.size())));
            store.changelog().addAll(committedLog);
            committed = remembers ? committed : variant.kind().model();
            model = committed.copy();
        }

        private void check(Reads actual, Model expected) {
            String key = key();
            long timeMs = timeMs();
            long startMs = startMs(timeMs);
            assertThat(actual.get(key, startMs, timeMs)).as("get").isEqualTo(expected.get(key, startMs, timeMs));
            long fromMs = timeMs();
            long toMs = fromMs + TICK_MS * (random.nextInt(12) - 1);
            List<String> ofKey = actual.ofKey(key, fromMs, toMs, true);
            if (ofKey != null) {
                assertThat(ofKey)
                        .as("%s from %s to %s", key, fromMs, toMs)
                        .isEqualTo(expected.ofKey(key, fromMs, toMs, true));
                assertBackward(ofKey, actual.ofKey(key, fromMs, toMs, false));
            }
            String low = random.nextInt(4) == 0 ? null : key;
            String high = random.nextInt(4) == 0 ? null : key();
            List<String> range = actual.range(low, high, fromMs, toMs, true);
            if (range != null) {
                assertThat(range)
                        .as("range %s to %s from %s to %s", low, high, fromMs, toMs)
                        .containsExactlyInAnyOrderElementsOf(
                                Objects.requireNonNull(expected.range(low, high, fromMs, toMs, true)));
                assertBackward(range, actual.range(low, high, fromMs, toMs, false));
            }
            List<String> all = actual.all(true);
            assertThat(all).as("all").containsExactlyInAnyOrderElementsOf(expected.all(true));
            assertBackward(all, actual.all(false));
        }

        private static void assertBackward(List<String> forward, @Nullable List<String> backward) {
            List<String> reversed = new ArrayList<>(forward);
            Collections.reverse(reversed);
            assertThat(backward).as("backward").isEqualTo(reversed);
        }

        private String key() {
            return StoreKind.KEYS.get(random.nextInt(StoreKind.KEYS.size()));
        }

        /** Mostly near the stream time, sometimes too late. */
        private long timeMs() {
            return Math.max(0, tick - (random.nextBoolean() ? random.nextInt(3) : random.nextInt(25))) * TICK_MS;
        }

        private long startMs(long timeMs) {
            return Math.max(0, timeMs - TICK_MS * random.nextInt(2));
        }

        @Override
        public void close() {
            store.close();
            disk.close();
        }
    }
}
