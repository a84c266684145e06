package io.tailrace.systemtests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that starts fast and reports lines to its standard output, to be killed at will. Owner: one thread; closing kills
 * it if it still runs.
 */
public final class ReportingJvm implements AutoCloseable {
    /** The exit code after {@code kill -9}. */
    public static final int KILLED = 137;

    private static final int PATIENCE_SECONDS = 60;
    private static final String END = "";

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ReportingJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * @param jvmOptions beside those for a fast start
     * @param errors file for its standard error, written anew
     */
    public static ReportingJvm start(
            List<String> jvmOptions, String classPath, Class<?> main, List<String> arguments, Path errors) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData", // its file would be left behind by each kill
                "-ea",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            ReportingJvm jvm = new ReportingJvm(process, errors);
            Thread reader = new Thread(jvm::readLines, "reports");
            reader.setDaemon(true);
            reader.start();
            return jvm;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM", e);
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
     * The next line, also what was written before a kill; the last one may be cut. Empty when there are no more.
     *
     * @throws IllegalStateException when it neither reports anything nor ends
     */
    public Optional<String> next() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException(
                        "the process has been silent for " + PATIENCE_SECONDS + " s:\n" + dump());
            }
            return line.equals(END) ? Optional.empty() : Optional.of(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a report", e);
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
    public void kill() {
        process.toHandle().destroyForcibly(); // that of the process would throw the reports away
    }

    /** Ends its standard input, which asks it to close everything and end. */
    public void finish() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the input of a JVM", e);
        }
    }

    /** After the last report. */
    public int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a JVM", e);
        }
    }

    /** What it has written to its standard error. */
    public String errors() {
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
