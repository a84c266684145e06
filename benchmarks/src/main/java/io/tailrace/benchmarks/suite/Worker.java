package io.tailrace.benchmarks.suite;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Repeats one measurement, in a JVM of its own, and prints its {@link Result} as the last line. */
final class Worker {
    static final String RESULT = "RESULT ";

    private static final long WARMUP_NS = 3_000_000_000L;

    private Worker() {}

    /** @param arguments a directory for the files, then those of {@link Job#parse} */
    public static void main(String[] arguments) throws Exception {
        ChildJvm.endWithParent();
        Path directory = Path.of(arguments[0]);
        Job job = Job.parse(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        Result result = run(job, directory);
        System.out.println(RESULT
                + JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "values", result.values(),
                                "unit", result.unit(),
                                "cpu", result.cpuSecondsPerMillionRecords(),
                                "details", result.details())));
        System.exit(0); // peers leave threads behind
    }

    private static Result run(Job job, Path directory) throws Exception {
        return switch (job.name()) {
            case "append" -> append(job, directory);
            case "read" -> read(job, directory);
            case "latency" -> Latency.measure(job, directory);
            case "open", "open-use" -> Opening.open(job, directory);
            case "recovery" -> Opening.recover(job, directory);
            default -> throw new IllegalArgumentException("measurement '" + job.name() + "' is not known");
        };
    }

    static Contender open(Job job, Path directory) throws IOException {
        return switch (job.contender()) {
            case Job.TAILRACE -> new TailraceContender(job, directory);
            case Job.KAFKA -> new KafkaContender(job, directory);
            case Job.CHRONICLE -> new ChronicleContender(job, directory);
            case Job.BARE -> new BareContender(job, directory);
            default -> throw new IllegalArgumentException("contender '" + job.contender() + "' is not known");
        };
    }

    private static Result append(Job job, Path directory) throws IOException {
        try (Contender contender = open(job, directory)) {
            long start = System.nanoTime();
            for (int i = 0; isWarmup(job, i, start); i++) {
                contender.append(job.count());
                contender.renew();
            }
            List<Double> rates = new ArrayList<>();
            double cpuSeconds = 0;
            for (int i = 0; i < job.repetitions(); i++) {
                double cpuBefore = cpuSeconds(contender);
                start = System.nanoTime();
                contender.append(job.count());
                rates.add(job.count() / ((System.nanoTime() - start) / 1e9));
                cpuSeconds += cpuSeconds(contender) - cpuBefore;
                contender.renew();
            }
            return new Result(job, rates, "records/s", perMillion(cpuSeconds, job), Map.of());
        }
    }

    private static Result read(Job job, Path directory) throws IOException {
        try (Contender contender = open(job, directory)) {
            contender.append(job.count());
            long wanted = (long) job.count() * job.recordBytes();
            long start = System.nanoTime();
            for (int i = 0; isWarmup(job, i, start); i++) {
                check(contender.read(job.count()), wanted);
            }
            List<Double> rates = new ArrayList<>();
            double cpuBefore = cpuSeconds(contender);
            for (int i = 0; i < job.repetitions(); i++) {
                start = System.nanoTime();
                check(contender.read(job.count()), wanted);
                rates.add(job.count() / ((System.nanoTime() - start) / 1e9));
            }
            double cpuSeconds = cpuSeconds(contender) - cpuBefore;
            return new Result(job, rates, "records/s", perMillion(cpuSeconds, job), Map.of());
        }
    }

    /** The planned repetitions, and more until the compilers have had their time; a short run is not about speed. */
    private static boolean isWarmup(Job job, int done, long start) {
        return done < job.warmups() || (job.warmups() > 1 && System.nanoTime() - start < WARMUP_NS);
    }

    private static void check(long bytes, long wanted) {
        if (bytes < wanted) {
            throw new IllegalStateException("read " + bytes + " bytes, expected " + wanted);
        }
    }

    /** CPU time of this process and of those that work for the contender. */
    static double cpuSeconds(Contender contender) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9 + contender.cpuSecondsElsewhere();
    }

    private static double perMillion(double cpuSeconds, Job job) {
        return cpuSeconds / job.repetitions() / job.count() * 1e6;
    }
}
