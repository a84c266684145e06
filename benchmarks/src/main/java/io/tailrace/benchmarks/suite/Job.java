package io.tailrace.benchmarks.suite;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One measurement of one contender.
 *
 * @param name what is measured, for example {@code append}
 * @param contender who is measured
 * @param recordBytes key and value together
 * @param batched many records on their way at a time; otherwise each is acknowledged before the next
 * @param codec by Kafka's name
 * @param durability {@code OS} or {@code FSYNC}
 * @param count records of one repetition; for {@code open} and {@code recovery} what is there to be opened
 * @param rate records a second that are offered; 0: as many as possible
 */
record Job(
        String name,
        String contender,
        int recordBytes,
        boolean batched,
        int partitions,
        String codec,
        String durability,
        int count,
        int rate,
        int warmups,
        int repetitions) {

    static final String TAILRACE = "tailrace";
    static final String KAFKA = "kafka";
    static final String CHRONICLE = "chronicle";
    static final String BARE = "bare-file";

    String[] toArguments() {
        return new String[] {
            name,
            contender,
            Integer.toString(recordBytes),
            Boolean.toString(batched),
            Integer.toString(partitions),
            codec,
            durability,
            Integer.toString(count),
            Integer.toString(rate),
            Integer.toString(warmups),
            Integer.toString(repetitions)
        };
    }

    static Job parse(String[] arguments) {
        return new Job(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                Boolean.parseBoolean(arguments[3]),
                Integer.parseInt(arguments[4]),
                arguments[5],
                arguments[6],
                Integer.parseInt(arguments[7]),
                Integer.parseInt(arguments[8]),
                Integer.parseInt(arguments[9]),
                Integer.parseInt(arguments[10]));
    }

    boolean isFsync() {
        return durability.equals("FSYNC");
    }

    /** The same measurement of somebody else. */
    Job of(String newContender) {
        return new Job(
                name,
                newContender,
                recordBytes,
                batched,
                partitions,
                codec,
                durability,
                count,
                rate,
                warmups,
                repetitions);
    }

    Map<String, Object> params() {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("recordBytes", recordBytes);
        params.put("mode", batched ? "batched" : "single");
        params.put("partitions", partitions);
        params.put("codec", codec);
        params.put("durability", durability);
        params.put("count", count);
        if (rate > 0) {
            params.put("rate", rate);
        }
        return params;
    }

    /** For people; also what {@code --only} is matched with. */
    String title() {
        if (name.equals("latency")) {
            return "latency " + rate + "/s " + recordBytes + "B " + durability;
        }
        if (name.equals("open")) {
            return "open " + partitions + " partitions";
        }
        if (name.equals("recovery")) {
            return "recovery " + recordBytes + "B " + partitions + "p";
        }
        return String.format(
                Locale.ROOT,
                "%s %dB %s %dp %s %s",
                name,
                recordBytes,
                batched ? "batched" : "single",
                partitions,
                codec,
                durability);
    }
}
