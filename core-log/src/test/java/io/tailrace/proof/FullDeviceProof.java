package io.tailrace.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.StringSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real file system that is full: a tmpfs of a few MB, which needs Linux and the right to mount. Elsewhere the proof is skipped
 * and says why; {@link IoErrorProof} has the same errors without a device.
 */
class FullDeviceProof {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final int BALLAST_BYTES = 1 << 20;

    @TempDir(cleanup = CleanupMode.NEVER) // it cannot be removed when it cannot be unmounted
    Path directory;

    @Test
    void shouldGoOnWhenAFullDeviceHasRoomAgain() throws IOException, InterruptedException {
        String refusal = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", directory.toString());
        if (!refusal.isEmpty()) {
            Settings.print("full-device", "skipped, a tmpfs cannot be mounted here: %s", refusal);
        }
        assumeTrue(refusal.isEmpty(), refusal);
        try {
            fill();
        } finally {
            assertThat(run("umount", directory.toString())).isEmpty();
            Files.delete(directory);
        }
    }

    private void fill() throws IOException {
        Path ballast = Files.write(directory.resolve("ballast"), new byte[BALLAST_BYTES]);
        Path home = directory.resolve("log");
        LogOptions options = LogOptions.DEFAULT.withSegmentBytes(64 * 1024);
        List<String> acknowledged = new ArrayList<>();
        int before;
        try (EmbeddedLog log = EmbeddedLog.open(home, options)) {
            log.admin().createTopic(new NewTopic("t", 1));
            try (Producer<String, String> producer = producer(log)) {
                assertThatThrownBy(() -> sendUntilItFails(producer, acknowledged))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining(home.toString());
                before = acknowledged.size();
                assertThatThrownBy(() -> send(producer, acknowledged)).isInstanceOf(StorageException.class);
                assertThat(read(log)).containsAll(acknowledged);

                Files.delete(ballast);
                while (acknowledged.size() < before + 100) {
                    send(producer, acknowledged);
                }
            }
            assertThat(read(log)).containsSubsequence(acknowledged);
        }
        try (EmbeddedLog log = EmbeddedLog.open(home, options)) {
            assertThat(read(log)).containsSubsequence(acknowledged).doesNotHaveDuplicates();
        }
        Settings.print(
                "full-device",
                "%,d records acknowledged until a tmpfs of 4 MB was full, %,d when it had room again; all there",
                before,
                acknowledged.size() - before);
    }

    private static Producer<String, String> producer(EmbeddedLog log) {
        return log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer());
    }

    private static void sendUntilItFails(Producer<String, String> producer, List<String> acknowledged) {
        while (acknowledged.size() < 1_000_000) {
            send(producer, acknowledged);
        }
    }

    private static void send(Producer<String, String> producer, List<String> acknowledged) {
        String value = acknowledged.size() + "-".repeat(acknowledged.size() % 3_000);
        var future = producer.send(new ProducerRecord<>("t", 0, "k", value));
        try {
            producer.flush();
            future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageException failure ? failure : e;
        }
        acknowledged.add(value);
    }

    private static List<String> read(EmbeddedLog log) {
        List<String> values = new ArrayList<>();
        Reading.of(log, PARTITION).records().forEach(record -> values.add(String.valueOf(record.value())));
        return values;
    }

    /** Empty when it worked, else what it said. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(1, TimeUnit.MINUTES);
            return ended && process.exitValue() == 0 ? "" : String.join(" ", command) + ": " + output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
