package io.tailrace.stores.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class DeletedRangesTest {
    private static Bytes at(int position) {
        return Bytes.wrap(new byte[] {(byte) position});
    }

    @Property(tries = 300)
    void shouldHoldWhatWasAddedInFewDisjointRanges(@ForAll @Size(max = 12) List<Short> seeds) {
        DeletedRanges ranges = new DeletedRanges();
        BitSet model = new BitSet();
        for (short seed : seeds) {
            int from = Math.floorMod(seed, 40);
            int to = from + 1 + Math.floorMod(seed / 40, 9);
            ranges.add(at(from), at(to));
            model.set(from, to);
        }
        for (int position = 0; position < 60; position++) {
            assertThat(ranges.contains(at(position)))
                    .as("position %s", position)
                    .isEqualTo(model.get(position));
        }
        List<String> found = new ArrayList<>();
        ranges.forEach((from, to) -> found.add(from.get()[0] + "-" + to.get()[0]));
        List<String> expected = new ArrayList<>();
        for (int from = model.nextSetBit(0); from >= 0; from = model.nextSetBit(model.nextClearBit(from))) {
            expected.add(from + "-" + model.nextClearBit(from));
        }
        assertThat(found).isEqualTo(expected);
    }
}
