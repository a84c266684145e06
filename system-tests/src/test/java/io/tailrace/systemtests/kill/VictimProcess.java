package io.tailrace.systemtests.kill;

import io.tailrace.log.EmbeddedLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A {@link Victim} in a JVM of its own that starts fast. Owner: one thread; closing kills it if it still runs. */
final class VictimProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final String END = "";

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private VictimProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** @param errors file for its standard error, written anew */
    static VictimProcess start(VictimSettings settings, Path errors) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData", // its file would be left behind by each kill
                "-Xmx128m",
                "-ea",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath(),
                Victim.class.getName()));
        command.addAll(settings.toArguments());
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            VictimProcess victim = new VictimProcess(process, errors);
            Thread reader = new Thread(victim::readLines, "reports");
            reader.setDaemon(true);
            reader.start();
            return victim;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a victim", e);
        }
    }

    /** Only what the log needs: it is searched for every class. */
    private static String classPath() {
        return Stream.of(
                        Victim.class,
                        EmbeddedLog.class,
                        LoggerFactory.class,
                        LoggerFactory.getILoggerFactory().getClass(),
                        tools.jackson.databind.ObjectMapper.class,
                        tools.jackson.core.JsonParser.class,
                        com.fasterxml.jackson.annotation.JsonProperty.class,
                        Nullable.class)
                .map(VictimProcess::place)
                .distinct()
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where is " + type + "?", e);
        }
    }

    private void readLines() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the reports", e);
        } finally {
            lines.add(END);
        }
    }

    /**
     * The next report, also what was written before a kill; empty when there are no more.
     *
     * @throws IllegalStateException when it neither reports anything nor ends
     */
    Optional<Report> next() {
        try {
            while (true) {
                String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (line == null) {
                    throw new IllegalStateException(
                            "the victim has been silent for " + PATIENCE_SECONDS + " s:\n" + dump());
                }
                if (line.equals(END)) {
                    return Optional.empty();
                }
                Optional<Report> report = Report.parse(line);
                if (report.isPresent()) {
                    return report;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a victim", e);
        }
    }

    /** What its threads are doing, and what it has said before. */
    private String dump() throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            StringBuilder stacks = new StringBuilder();
            for (String line = lines.poll(2, TimeUnit.SECONDS); line != null; line = lines.poll(2, TimeUnit.SECONDS)) {
                stacks.append(line).append('\n');
            }
            return stacks + errors();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for a thread dump", e);
        }
    }

    /** {@code kill -9}. What it has reported can still be read. */
    void kill() {
        process.toHandle().destroyForcibly(); // that of the process would throw the reports away
    }

    /** Has it close the log and end. */
    void finish() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the victim's input", e);
        }
    }

    /** After the last report. */
    int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a victim", e);
        }
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        exitCode();
    }
}
