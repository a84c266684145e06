package io.tailrace.systemtests.kafkaformat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.DumpLogSegments;

/** Kafka's {@code kafka-dump-log.sh}, run in this JVM. */
final class DumpTool {
    private static final List<String> ORDINARY =
            List.of("Dumping ", "Log starting offset: ", "baseOffset: ", "| offset: ", "offset: ", "timestamp: ");
    // Its way to say that the first batch of a file is not at offset 0.
    private static final List<String> FIRST_BATCH = List.of("Non-consecutive offsets in ", "  -1 is followed by ");

    private DumpTool() {}

    /** @return what it prints */
    static synchronized String run(List<Path> files, String... options) throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("--files", files.stream().map(Path::toString).collect(Collectors.joining(","))),
                        Stream.of(options))
                .toArray(String[]::new);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(printed, true, UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        Exit.setExitProcedure((status, message) -> {
            throw new IllegalStateException("the dump tool exits with " + status + ": " + message);
        });
        try {
            DumpLogSegments.main(arguments);
        } finally {
            Exit.resetExitProcedure();
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(UTF_8);
    }

    /** The lines that describe a batch. */
    static List<String> batchLines(String printed) {
        return printed.lines().filter(line -> line.startsWith("baseOffset: ")).toList();
    }

    /** What is neither a record, a batch, an index entry nor about a whole file. */
    static List<String> complaints(String printed) {
        return printed.lines()
                .filter(line -> !line.isBlank())
                .filter(line ->
                        Stream.concat(ORDINARY.stream(), FIRST_BATCH.stream()).noneMatch(line::startsWith))
                .filter(line -> !line.endsWith(".index is empty."))
                .toList();
    }
}
