package io.tailrace.systemtests.kill;

import java.util.SplittableRandom;

/**
 * When a victim is killed.
 *
 * @param phase where in its life
 * @param records it is killed, or told to close, when it has reported this many acknowledged ones
 * @param steps it is killed when it has asked the storage this often while it opens or closes the log
 */
record KillPlan(Phase phase, long records, int steps) {
    private static final int ONE_IN_OPENING = 6;
    private static final int ONE_IN_CLOSING = 12;
    private static final int MOST_RECORDS = 40_000;

    enum Phase {
        OPENING,
        WORKING,
        CLOSING
    }

    /**
     * @param openingSteps how many steps it took to open the log the last time
     * @param closingSteps and to close it
     */
    static KillPlan random(SplittableRandom random, int openingSteps, int closingSteps) {
        long records = random.nextBoolean()
                ? random.nextLong(MOST_RECORDS)
                : (long) Math.pow(MOST_RECORDS, random.nextDouble()); // as often a few as many
        if (random.nextInt(ONE_IN_OPENING) == 0) {
            return new KillPlan(Phase.OPENING, 0, 1 + random.nextInt(openingSteps));
        }
        if (random.nextInt(ONE_IN_CLOSING) == 0) {
            return new KillPlan(Phase.CLOSING, records, 1 + random.nextInt(closingSteps));
        }
        return new KillPlan(Phase.WORKING, records, 0);
    }
}
