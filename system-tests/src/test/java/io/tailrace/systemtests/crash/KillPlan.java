package io.tailrace.systemtests.crash;

import java.util.SplittableRandom;

/**
 * When a victim is killed.
 *
 * @param phase where in its life
 * @param progress it is killed, or told to close, when it has reported so much of it
 * @param steps it is killed when it has asked the storage this often while it starts or closes
 * @param restored it is killed when it has restored this part of what there is to restore
 */
record KillPlan(Phase phase, long progress, int steps, double restored) {
    private static final int ONE_IN_OPENING = 6;
    private static final int ONE_IN_CLOSING = 8;
    private static final int ONE_IN_LOADING = 6;
    private static final int MOST_PROGRESS = 20_000;
    private static final double BEHIND_THE_RESTORE = 1.3;

    enum Phase {
        OPENING,
        /** At the latest when it has restored everything. */
        RESTORING,
        /** Progress is what is loaded, fed and put out. */
        LOADING,
        /** Progress is what is put out. */
        PROCESSING,
        /** As PROCESSING. */
        CLOSING,
        NEVER
    }

    static KillPlan never() {
        return new KillPlan(Phase.NEVER, 0, 0, 0);
    }

    /** Of a victim that has much to restore. */
    static KillPlan restoring(SplittableRandom random) {
        return new KillPlan(Phase.RESTORING, 0, 0, random.nextDouble() * BEHIND_THE_RESTORE);
    }

    /**
     * @param openingSteps how many steps it took to start the last time
     * @param closingSteps and to close
     */
    static KillPlan random(SplittableRandom random, int openingSteps, int closingSteps) {
        long progress = random.nextBoolean()
                ? random.nextLong(MOST_PROGRESS)
                : (long) Math.pow(MOST_PROGRESS, random.nextDouble()); // as often a little as much
        if (random.nextInt(ONE_IN_OPENING) == 0) {
            return new KillPlan(Phase.OPENING, 0, 1 + random.nextInt(openingSteps), 0);
        }
        if (random.nextInt(ONE_IN_CLOSING) == 0) {
            return new KillPlan(Phase.CLOSING, progress, 1 + random.nextInt(closingSteps), 0);
        }
        return new KillPlan(random.nextInt(ONE_IN_LOADING) == 0 ? Phase.LOADING : Phase.PROCESSING, progress, 0, 0);
    }
}
