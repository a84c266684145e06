package io.tailrace.benchmarks.streams;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Keys of which few are frequent: rank r comes with probability proportional to 1 / r<sup>s</sup>. Ranks are found by inverting the
 * integral of that curve, which is exact enough for a load, and scattered over the key space.
 */
final class Zipf implements LongSupplier {
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;
    private final long keys;
    private final double exponent; // 1 - s
    private final double total;

    /** @param s below 1 */
    Zipf(long keys, double s, long seed) {
        this.random = new SplittableRandom(seed);
        this.keys = keys;
        this.exponent = 1 - s;
        this.total = Math.pow(keys + 1.0, exponent) - 1;
    }

    @Override
    public long getAsLong() {
        long rank = (long) Math.pow(random.nextDouble() * total + 1, 1 / exponent) - 1;
        return Math.floorMod(Math.min(rank, keys - 1) * SCATTER, keys);
    }
}
