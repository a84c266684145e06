package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.Serdes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tailrace produce}. */
@Command(
        name = "produce",
        description = {
            "Appends lines of a file, or of standard input, as records to a topic.",
            "A line is a value; with --key-separator a key, the separator and a value; with --headers, headers"
                    + " (name:value,name:value) and a tab come first. A data directory that is missing or empty becomes a"
                    + " new log, a topic that does not exist one with a single partition."
        })
@SuppressWarnings("NullAway.Init") // injected by picocli
public final class ProduceCommand extends ToolCommand {
    /** Bounds what waits in memory, and tells of a failure soon. */
    private static final int FLUSH_EVERY = 50_000;

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "Gets the records.")
    private String topic;

    @Option(names = "--file", paramLabel = "FILE", description = "Read this instead of standard input.")
    private @Nullable Path file;

    @Option(names = "--partition", paramLabel = "N", description = "Default: by the hash of the key, as Kafka does.")
    private @Nullable Integer partition;

    @Option(names = "--key-separator", paramLabel = "TEXT", description = "Ends the key of each line.")
    private @Nullable String keySeparator;

    @Option(names = "--headers", description = "Lines begin with headers and a tab.")
    private boolean withHeaders;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header of every record.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--null", paramLabel = "TEXT", description = "A key or value that is this text is null.")
    private @Nullable String nullText;

    @Option(
            names = "--compression",
            paramLabel = "CODEC",
            defaultValue = "none",
            description = "none, gzip, snappy, lz4 or zstd; default: none.")
    private String compression;

    @Override
    public Integer call() {
        if (keySeparator != null && keySeparator.isEmpty()) {
            throw wrong("--key-separator is empty, expected a text such as ':'");
        }
        ProducerConfig config = ProducerConfig.DEFAULT.withCompression(compression());
        LineParser parser = new LineParser(topic, partition, keySeparator, withHeaders, headers, nullText);
        long startNs = root().time().nanoseconds();
        long records;
        Path path = file;
        try (LineInput input = path == null ? LineInput.of(root().in()) : LineInput.of(path);
                EmbeddedLog log = data().openOrCreate();
                Producer<byte[], byte[]> producer = log.newProducer(
                        config,
                        Serdes.ByteArray().serializer(),
                        Serdes.ByteArray().serializer())) {
            records = produce(input, parser, producer);
        }
        report(records, root().time().nanoseconds() - startNs);
        return DONE;
    }

    private Compression compression() {
        try {
            return Compression.valueOf(compression.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong("--compression " + compression + ", expected none, gzip, snappy, lz4 or zstd");
        }
    }

    private static long produce(LineInput input, LineParser parser, Producer<byte[], byte[]> producer) {
        List<CompletableFuture<?>> sent = new ArrayList<>(FLUSH_EVERY);
        long lines = 0;
        try {
            for (byte[] line = input.next(); line != null; line = input.next()) {
                lines++;
                sent.add(producer.send(parser.parse(line, input.name() + ", line " + lines)));
                if (sent.size() == FLUSH_EVERY) {
                    await(producer, sent);
                }
            }
        } finally {
            producer.flush(); // the lines in front of a wrong one are in the log
        }
        await(producer, sent);
        return lines;
    }

    private static void await(Producer<?, ?> producer, List<CompletableFuture<?>> sent) {
        producer.flush();
        try {
            sent.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        sent.clear();
    }

    private void report(long records, long tookNs) {
        double seconds = tookNs / 1e9;
        double rate = records / Math.max(seconds, 1e-9);
        if (json()) {
            print(new JsonLine()
                    .put("topic", topic)
                    .put("records", records)
                    .put("seconds", seconds)
                    .put("recordsPerSecond", Math.round(rate)));
        } else {
            out().printf(Locale.ROOT, "produced %,d records in %.2f s, %,.0f records/s%n", records, seconds, rate);
        }
    }
}
