package io.tailrace.log.partition;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A reader looks an entry up while the writer appends, which makes the arrays grow. */
public final class IndexGrowthStress {
    /** As many entries as the arrays hold at first, less one. */
    private static final int FULL = 7;

    private static final int APPENDED = 3;
    private static final int WRONG = -1;

    private IndexGrowthStress() {}

    /** The result is the entry found at or below the largest offset; its parts belong together. */
    @JCStressTest
    @Outcome(
            id = {"6", "7", "8", "9"},
            expect = Expect.ACCEPTABLE,
            desc = "the last entry at some time, whole")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an entry that was never appended")
    @State
    public static class Offsets {
        private final OffsetIndex index = new OffsetIndex();

        public Offsets() {
            for (int i = 0; i < FULL; i++) {
                index.append(i, 10 * i);
            }
        }

        @Actor
        public void append() {
            for (int i = FULL; i < FULL + APPENDED; i++) {
                index.append(i, 10 * i);
            }
        }

        @Actor
        public void find(I_Result result) {
            int entry = index.floor(Integer.MAX_VALUE);
            boolean whole = index.lastRelativeOffset(entry) == entry && index.position(entry) == 10 * entry;
            result.r1 = whole ? entry : WRONG;
        }
    }

    /** As {@link Offsets}. */
    @JCStressTest
    @Outcome(
            id = {"6", "7", "8", "9"},
            expect = Expect.ACCEPTABLE,
            desc = "the last entry at some time, whole")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an entry that was never appended")
    @State
    public static class Times {
        private final TimeIndex index = new TimeIndex();

        public Times() {
            for (int i = 0; i < FULL; i++) {
                index.maybeAppend(100L * i + 1, i);
            }
        }

        @Actor
        public void append() {
            for (int i = FULL; i < FULL + APPENDED; i++) {
                index.maybeAppend(100L * i + 1, i);
            }
        }

        @Actor
        public void find(I_Result result) {
            int entry = index.floor(Long.MAX_VALUE);
            boolean whole = index.timestamp(entry) == 100L * entry + 1 && index.relativeOffset(entry) == entry;
            result.r1 = whole ? entry : WRONG;
        }
    }

    /** Whoever sees an entry of the time index sees a largest timestamp that is not below it. */
    @JCStressTest
    @Outcome(
            id = {"6", "7", "8", "9"},
            expect = Expect.ACCEPTABLE,
            desc = "both fit")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an entry above the largest timestamp")
    @State
    public static class Both {
        private final SegmentIndex index = SegmentIndex.empty(1);

        public Both() {
            batches(0, FULL + 1); // the first makes no entry
        }

        private void batches(int from, int to) {
            for (int i = from; i < to; i++) {
                index.onBatch(i, 10 * i, 10, 100L * i + 1);
            }
        }

        @Actor
        public void append() {
            batches(FULL + 1, FULL + 1 + APPENDED);
        }

        @Actor
        public void find(I_Result result) {
            int entry = index.times().floor(Long.MAX_VALUE);
            result.r1 = index.times().timestamp(entry) <= index.maxTimestamp() ? entry : WRONG;
        }
    }
}
