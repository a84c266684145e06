package io.tailrace.stores.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TimedKeyTest {
    @Property(tries = 500)
    void shouldTakeApartWhatItPutTogether(
            @ForAll @Size(max = 20) byte[] key,
            @ForAll @LongRange(min = 0) long segment,
            @ForAll @LongRange(min = 0) long start,
            @ForAll int sequence) {
        Bytes storeKey = TimedKey.WINDOW.of(segment, Bytes.wrap(key), start, sequence & Integer.MAX_VALUE);
        assertThat(TimedKey.WINDOW.keyOf(storeKey.get())).isEqualTo(Bytes.wrap(key));
        assertThat(TimedKey.WINDOW.timeOf(storeKey.get())).isEqualTo(start);
        assertThat(TimedKey.WINDOW.hasKey(storeKey.get(), Bytes.wrap(key))).isTrue();
        byte[] recordKey = TimedKey.toRecord(storeKey);
        assertThat(TimedKey.WINDOW.isRecordKey(recordKey)).isTrue();
        assertThat(TimedKey.WINDOW.restOf(recordKey)).isEqualTo(sequence & Integer.MAX_VALUE);
        assertThat(TimedKey.toStore(segment, recordKey)).isEqualTo(storeKey);
    }

    /** Keys and starts of few, awkward bytes, so that they often are prefixes of each other or look like times. */
    @Property(tries = 3_000)
    void shouldBoundTheEntriesOfARangeOfKeys(
            @ForAll long seed, @ForAll @LongRange(min = 0) long start, @ForAll @LongRange(min = 0) long to) {
        Random random = new Random(seed);
        Bytes key = awkward(random);
        Bytes bound = awkward(random);
        long earlier = Math.min(start, to);
        long later = Math.max(start, to);
        Bytes entry = TimedKey.WINDOW.of(3, key, earlier, random.nextInt(Integer.MAX_VALUE));
        if (key.compareTo(bound) <= 0) {
            assertThat(entry).isLessThan(TimedKey.WINDOW.upTo(3, bound, later));
        }
        if (key.compareTo(bound) >= 0) {
            assertThat(entry).isGreaterThanOrEqualTo(TimedKey.from(3, bound));
        }
        assertThat(entry).isGreaterThan(TimedKey.segment(3)).isLessThan(TimedKey.segment(4));
        assertThat(TimedKey.WINDOW.upTo(3, bound, later)).isLessThan(TimedKey.segment(4));
    }

    private static Bytes awkward(Random random) {
        byte[] alphabet = {0, 1, 0x7f, -1};
        byte[] key = new byte[random.nextInt(5)];
        for (int i = 0; i < key.length; i++) {
            key[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return Bytes.wrap(key);
    }
}
