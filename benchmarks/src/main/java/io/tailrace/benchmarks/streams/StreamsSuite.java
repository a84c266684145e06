package io.tailrace.benchmarks.streams;

import io.tailrace.benchmarks.suite.ChildJvm;
import io.tailrace.benchmarks.suite.Directories;
import io.tailrace.benchmarks.suite.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Measures stream processing: a JSON line for each {@link Measurement} on standard output, one for people on standard error. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        description = "Measures counts, commits, restore and restart of a stream application with one worker.")
public final class StreamsSuite implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx2g", "-Xms2g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    @Option(names = "--short", description = "Small counts: shows that every measurement works.")
    boolean isShort;

    @Option(names = "--only", paramLabel = "REGEX", description = "Measurements to take, by their titles.")
    Pattern only = Pattern.compile("");

    @Option(names = "--output", description = "A file for the JSON lines, too.")
    @Nullable
    Path output;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "A further option for the JVMs that measure.")
    List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--list", description = "Only print what would be measured.")
    boolean list;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StreamsSuite()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Measurement> plan = Measurement.plan(isShort).stream()
                .filter(measurement -> only.matcher(measurement.title()).find())
                .toList();
        if (list) {
            plan.forEach(measurement -> System.out.println(measurement.title()));
            return 0;
        }
        Path scratch = Files.createTempDirectory("tailrace-streams");
        Map<String, Object> machine = Machine.facts(scratch);
        try (PrintWriter file = output == null ? null : new PrintWriter(Files.newBufferedWriter(output))) {
            for (Measurement measurement : plan) {
                Outcome outcome = measurement.name().equals("restart")
                        ? restart(measurement, scratch)
                        : run(measurement, scratch);
                print(measurement, outcome, machine, file);
                Directories.delete(scratch.resolve("files"));
            }
        } finally {
            Directories.delete(scratch);
        }
        return 0;
    }

    private static void print(
            Measurement measurement, Outcome outcome, Map<String, Object> machine, @Nullable PrintWriter file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", measurement.name());
        fields.put("params", measurement.params());
        fields.put("unit", outcome.unit());
        fields.put("min", outcome.min());
        fields.put("median", outcome.median());
        fields.put("max", outcome.max());
        fields.put("values", outcome.values());
        fields.put("details", outcome.details());
        fields.put("machine", machine);
        String line = JsonMapper.shared().writeValueAsString(fields);
        System.out.println(line);
        if (file != null) {
            file.println(line);
            file.flush();
        }
        System.err.printf(
                Locale.ROOT,
                "%-64s %,14.1f %,14.1f %,14.1f %s %s%n",
                measurement.title(),
                outcome.min(),
                outcome.median(),
                outcome.max(),
                outcome.unit(),
                outcome.details());
    }

    private Outcome run(Measurement measurement, Path scratch) throws IOException {
        try (ChildJvm child = start(measurement, scratch)) {
            return outcome(child, measurement);
        }
    }

    /** Fills a store, kills the process while it goes on, and measures the next one; for each repetition anew. */
    private Outcome restart(Measurement measurement, Path scratch) throws IOException {
        Measurement filling = new Measurement(
                "fill",
                measurement.keys(),
                measurement.distribution(),
                measurement.guarantee(),
                measurement.cacheMiB(),
                measurement.records(),
                0,
                1);
        List<Double> values = new ArrayList<>();
        Map<String, Double> details = new LinkedHashMap<>();
        for (int run = 0; run < measurement.repetitions(); run++) {
            Directories.delete(scratch.resolve("files"));
            try (ChildJvm child = start(filling, scratch)) {
                awaitReady(child);
                child.kill();
            }
            Outcome outcome = run(measurement, scratch);
            values.addAll(outcome.values());
            details.putAll(outcome.details());
        }
        return new Outcome(values, "ms", details);
    }

    private static void awaitReady(ChildJvm child) throws IOException {
        try {
            while (!child.output().contains(Recovering.READY)) {
                if (!child.isAlive()) {
                    throw new IOException("it ended early; it says: " + child.tail());
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private ChildJvm start(Measurement measurement, Path scratch) throws IOException {
        Path files = Files.createDirectories(scratch.resolve("files"));
        List<String> arguments = new ArrayList<>();
        arguments.add(files.toString());
        arguments.addAll(List.of(measurement.toArguments()));
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.addAll(jvmOptions);
        return ChildJvm.start(StreamsWorker.class, options, arguments, scratch.resolve("worker.log"));
    }

    private static Outcome outcome(ChildJvm child, Measurement measurement) throws IOException {
        int status = child.await(LONGEST);
        String line = child.output()
                .lines()
                .filter(printed -> printed.startsWith(StreamsWorker.RESULT))
                .findFirst()
                .orElseThrow(() ->
                        new IOException(measurement.title() + ": exit value " + status + "; it says: " + tail(child)));
        return JsonMapper.shared().readValue(line.substring(StreamsWorker.RESULT.length()), Outcome.class);
    }

    private static String tail(ChildJvm child) {
        try {
            return child.tail();
        } catch (IOException e) {
            return "nothing that can be read: " + e;
        }
    }
}
