package io.tailrace.systemtests.kill;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.systemtests.process.ReportingJvm;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A {@link Victim} in a JVM of its own. Owner: one thread; closing kills it if it still runs. */
final class VictimProcess implements AutoCloseable {
    private final ReportingJvm jvm;

    private VictimProcess(ReportingJvm jvm) {
        this.jvm = jvm;
    }

    /** @param errors file for its standard error, written anew */
    static VictimProcess start(VictimSettings settings, Path errors) {
        return new VictimProcess(
                ReportingJvm.start(List.of("-Xmx128m"), classPath(), Victim.class, settings.toArguments(), errors));
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

    /** The next report, also what was written before a kill; empty when there are no more. */
    Optional<Report> next() {
        while (true) {
            Optional<String> line = jvm.next();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            Optional<Report> report = Report.parse(line.get());
            if (report.isPresent()) {
                return report;
            }
        }
    }

    void kill() {
        jvm.kill();
    }

    /** Has it close the log and end. */
    void finish() {
        jvm.finish();
    }

    /** After the last report. */
    int exitCode() {
        return jvm.exitCode();
    }

    String errors() {
        return jvm.errors();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
