package io.tailrace.log.storage;

import java.util.BitSet;

/** What a power cut does to one operation that was not forced. */
sealed interface Fate {
    /** All of it reached the device, or nothing. */
    enum Whole implements Fate {
        KEPT,
        DROPPED
    }

    /**
     * Some sectors of a write reached the device. Of other operations: all or nothing, as the first sector.
     *
     * @param sectorBytes sectors begin at multiples of this in the file
     * @param sectors those that did, counted from the one that the write begins in
     * @param grown whether the file has the size that the write gave it; the lost bytes are then zeros
     */
    record Torn(int sectorBytes, BitSet sectors, boolean grown) implements Fate {
        @Override
        public String toString() {
            return "torn, of sectors of " + sectorBytes + " kept " + sectors + (grown ? ", size kept" : "");
        }
    }

    /** The first sectors of a write. */
    static Fate first(int sectors, int sectorBytes, boolean grown) {
        BitSet kept = new BitSet();
        kept.set(0, sectors);
        return new Torn(sectorBytes, kept, grown);
    }

    /** Nothing of a write but the size it gave the file. */
    static Fate grown() {
        return new Torn(512, new BitSet(), true);
    }

    default boolean isWholeOrFirstSectorKept() {
        return this instanceof Torn torn ? torn.sectors.get(0) : this == Whole.KEPT;
    }
}
