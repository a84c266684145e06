package io.tailrace.systemtests.crash;

import io.tailrace.runtime.config.StreamsConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a {@link CrashVictim} is given on its command line.
 *
 * @param directory of the log and the state
 * @param seed of the feeder
 * @param numbers that are fed to the shop altogether
 * @param segmentBytes of the log
 * @param commitMs interval of commits
 * @param threads of each app
 * @param uncommittedBytes after how many bytes of uncommitted state a commit comes early
 * @param cacheBytes of each app; 0 lets every update through
 * @param changeWorkers whether threads are added and removed meanwhile
 */
record VictimSettings(
        Path directory,
        long seed,
        long numbers,
        int segmentBytes,
        int commitMs,
        int threads,
        long uncommittedBytes,
        long cacheBytes,
        boolean changeWorkers) {
    /** Name of the directory of all state. */
    static final String STATE = "state";

    private static final int[] COMMIT_MS = {1, 5, 20, 100, 500};
    private static final int[] SEGMENT_BYTES = {200_000, 2_000_000, 1 << 30};
    private static final long[] UNCOMMITTED_BYTES = {20_000, 500_000, 64 << 20};
    private static final long[] CACHE_BYTES = {0, 5_000, 200_000, 10 << 20};
    private static final int MOST_THREADS = 3;
    private static final int ONE_IN_CHANGE_WORKERS = 3;

    /** Of a process that is not killed. */
    static VictimSettings plain(Path directory, long numbers) {
        return new VictimSettings(directory, 0, numbers, SEGMENT_BYTES[1], 100, 2, UNCOMMITTED_BYTES[2], 0, false);
    }

    /** @param cached whether updates may be held back */
    static VictimSettings random(Path directory, long numbers, boolean cached, SplittableRandom random) {
        return new VictimSettings(
                directory,
                random.nextLong(),
                numbers,
                SEGMENT_BYTES[random.nextInt(SEGMENT_BYTES.length)],
                COMMIT_MS[random.nextInt(COMMIT_MS.length)],
                1 + random.nextInt(MOST_THREADS),
                UNCOMMITTED_BYTES[random.nextInt(UNCOMMITTED_BYTES.length)],
                cached ? CACHE_BYTES[random.nextInt(CACHE_BYTES.length)] : 0,
                random.nextInt(ONE_IN_CHANGE_WORKERS) == 0);
    }

    List<String> toArguments() {
        return List.of(
                directory.toString(),
                Long.toString(seed),
                Long.toString(numbers),
                Integer.toString(segmentBytes),
                Integer.toString(commitMs),
                Integer.toString(threads),
                Long.toString(uncommittedBytes),
                Long.toString(cacheBytes),
                Boolean.toString(changeWorkers));
    }

    static VictimSettings parse(String[] arguments) {
        return new VictimSettings(
                Path.of(arguments[0]),
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Long.parseLong(arguments[6]),
                Long.parseLong(arguments[7]),
                Boolean.parseBoolean(arguments[8]));
    }

    /** Of one of the apps. */
    StreamsConfig config(String applicationId) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(STATE).toString());
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMs);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(StreamsConfig.STATESTORE_UNCOMMITTED_MAX_BYTES_CONFIG, uncommittedBytes);
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
        return new StreamsConfig(config);
    }
}
