package io.tailrace.proof;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** How long a proof runs and with which seed: {@code -Dproof.<name>=<number>}. */
public final class Settings {
    static {
        // One image in a hundred thousand is not news; the summary and the violations are.
        System.setProperty("org.slf4j.simpleLogger.log.io.tailrace.log", "off");
    }

    private Settings() {}

    public static int count(String name, int inCi) {
        return Integer.getInteger("proof." + name, inCi);
    }

    /** The same for every run in CI, so that a red build is red again; another one by {@code -Dproof.seed=...}. */
    public static long seed() {
        return Long.getLong("proof.seed", 20_260_101L);
    }

    /** A seed or an operation to replay alone. */
    public static OptionalLong only(String name) {
        Long value = Long.getLong("proof." + name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The n-th seed that follows from the one of the run. */
    public static long seed(int n) {
        return new SplittableRandom(seed() + 31L * n).nextLong() >>> 16; // short enough to be typed
    }

    /** One line of summary. */
    @SuppressWarnings("SystemOut")
    public static void print(String proof, String format, Object... arguments) {
        System.out.println(proof + ": " + String.format(Locale.ROOT, format, arguments));
    }
}
