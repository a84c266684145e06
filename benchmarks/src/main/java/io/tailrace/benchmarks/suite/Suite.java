package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures everything of the {@link Plan}: a JSON line for each measurement on standard output as it is done, and a table at the
 * end on standard error.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the log beside Apache Kafka, Chronicle Queue and a bare file.")
public final class Suite implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** What Chronicle Queue asks for. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx2g",
            "-Xms2g",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    @Option(names = "--short", description = "Small counts: shows that every measurement works.")
    boolean isShort;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Measurements and contenders to run, by their titles.")
    Pattern only = Pattern.compile("");

    @Option(
            names = "--directory",
            description = "Where to write, on the device to be measured; default: a temporary one.")
    @Nullable
    Path directory;

    @Option(names = "--output", description = "A file for the JSON lines, too.")
    @Nullable
    Path output;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "A further option for the JVMs that measure.")
    List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--list", description = "Only print what would be measured.")
    boolean list;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Suite()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Job> jobs = Plan.jobs(isShort).stream()
                .filter(job -> only.matcher(job.title() + " " + job.contender()).find())
                .toList();
        if (list) {
            jobs.forEach(job -> System.out.println(job.title() + " " + job.contender()));
            return 0;
        }
        Path home =
                directory == null ? Files.createTempDirectory("tailrace-bench") : Files.createDirectories(directory);
        Map<String, Object> machine = Machine.facts(home);
        List<Result> results = new ArrayList<>();
        int failures = 0;
        try (PrintWriter file = output == null ? null : new PrintWriter(Files.newBufferedWriter(output))) {
            for (Job job : jobs) {
                System.err.printf(
                        "[%d/%d] %s %s%n", results.size() + failures + 1, jobs.size(), job.title(), job.contender());
                try {
                    Result result = run(job, home.resolve("run"));
                    results.add(result);
                    String line = JsonMapper.shared().writeValueAsString(result.toMap(machine));
                    System.out.println(line);
                    if (file != null) {
                        file.println(line);
                        file.flush();
                    }
                } catch (IOException e) {
                    failures++;
                    System.err.println(job.title() + " " + job.contender() + " failed: " + e.getMessage());
                }
            }
        }
        Table.print(results, System.err);
        return failures == 0 ? 0 : 1;
    }

    private Result run(Job job, Path scratch) throws IOException {
        Directories.delete(scratch);
        Files.createDirectories(scratch.resolve("files"));
        List<String> arguments = new ArrayList<>();
        arguments.add(scratch.resolve("files").toString());
        arguments.addAll(List.of(job.toArguments()));
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.addAll(jvmOptions);
        try (ChildJvm child = ChildJvm.start(Worker.class, options, arguments, scratch.resolve("worker.log"))) {
            int status = child.await(LONGEST);
            String line = child.output()
                    .lines()
                    .filter(printed -> printed.startsWith(Worker.RESULT))
                    .findFirst()
                    .orElse("");
            if (status != 0 || line.isEmpty()) {
                throw new IOException("exit value " + status + "; it says: " + child.tail());
            }
            return parse(job, line.substring(Worker.RESULT.length()));
        } finally {
            Directories.delete(scratch);
        }
    }

    private record Report(List<Double> values, String unit, double cpu, Map<String, Double> details) {}

    private static Result parse(Job job, String json) {
        Report report = JsonMapper.shared().readValue(json, new TypeReference<Report>() {});
        return new Result(job, report.values(), report.unit(), report.cpu(), new LinkedHashMap<>(report.details()));
    }
}
