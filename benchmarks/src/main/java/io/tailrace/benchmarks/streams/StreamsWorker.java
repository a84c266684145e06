package io.tailrace.benchmarks.streams;

import com.sun.management.OperatingSystemMXBean;
import io.tailrace.benchmarks.suite.ChildJvm;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Takes one measurement and prints its {@link Outcome} as a line. */
final class StreamsWorker {
    static final String RESULT = "RESULT ";
    static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private StreamsWorker() {}

    /** @param arguments a directory for the files, then those of {@link Measurement#parse} */
    public static void main(String[] arguments) throws Exception {
        long startNs = System.nanoTime();
        ChildJvm.endWithParent();
        Path directory = Path.of(arguments[0]);
        Measurement measurement = Measurement.parse(List.of(arguments).subList(1, arguments.length));
        Outcome outcome =
                switch (measurement.name()) {
                    case "count" -> count(measurement, directory, false);
                    case "windowed-count" -> count(measurement, directory, true);
                    case "commit" -> CommitCost.measure(measurement, directory);
                    case "restore" -> Recovering.restore(measurement, directory);
                    case "fill" -> Recovering.fillUntilKilled(measurement, directory);
                    case "restart" -> Recovering.resume(measurement, directory, startNs);
                    default ->
                        throw new IllegalArgumentException("measurement '" + measurement.name() + "' is not known");
                };
        System.out.println(RESULT + JsonMapper.shared().writeValueAsString(outcome));
        System.exit(0);
    }

    /** Records per second from the start of the application until everything is committed; it has one worker. */
    private static Outcome count(Measurement measurement, Path directory, boolean windowed) throws IOException {
        List<Double> rates = new ArrayList<>();
        double cpuSeconds = 0;
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            Load.createTopics(log);
            Load.append(log, measurement.records(), Load.keys(measurement.distribution(), measurement.keys()));
            int runs = measurement.warmups() + measurement.repetitions();
            for (int run = 0; run < runs; run++) {
                StreamsConfig config = Counting.config(
                        "count-" + run, measurement.guarantee(), measurement.cacheMiB(), COMMIT_INTERVAL);
                double cpuBefore = cpuSeconds();
                long start = System.nanoTime();
                process(log, config, windowed);
                if (run >= measurement.warmups()) {
                    rates.add(measurement.records() / ((System.nanoTime() - start) / 1e9));
                    cpuSeconds += cpuSeconds() - cpuBefore;
                }
            }
        }
        double perMillion = cpuSeconds / measurement.repetitions() / measurement.records() * 1e6;
        return new Outcome(rates, "records/s", Map.of("cpuSecondsPerMillionRecords", perMillion));
    }

    static void process(EmbeddedLog log, StreamsConfig config, boolean windowed) {
        try (StreamsApp app = new StreamsApp(Counting.topology(windowed, () -> {}), config, log)) {
            app.start();
            if (!app.awaitIdle(LONGEST)) {
                throw new IllegalStateException("the count did not end within " + LONGEST);
            }
        }
    }

    private static double cpuSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
