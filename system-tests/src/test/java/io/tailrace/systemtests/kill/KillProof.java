package io.tailrace.systemtests.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A process with a log is killed with {@code kill -9}, again and again.
 *
 * <p>{@code -Dproof.cycles=} how often, {@code -Dproof.seed=} of what it does and when it is killed. A seed repeats the choices, not
 * the moment: threads run as they do. When something is wrong the directory is kept, and named.
 */
class KillProof {

    private static final long SEED = Long.getLong("proof.seed", 20_260_101L);

    @Test
    @SuppressWarnings("SystemOut")
    void shouldKeepItsPromisesWhenKilled() throws IOException {
        int cycles = Integer.getInteger("proof.cycles", 50);
        Path work = newDirectory();
        KillRun run = new KillRun(work.resolve("log"), work.resolve("stderr"), SEED, /* honest */ true);
        run.run(cycles);

        System.out.println(run.summary());
        assertThat(run.violations().told())
                .as("the log is in %s", work.toAbsolutePath())
                .isEmpty();
        assertThat(run.killed()).isEqualTo(cycles);
        deleteAll(work);
    }

    @Test
    void shouldNoticeAProcessThatReportsTooEarly() throws IOException {
        Path work = newDirectory();
        KillRun run = new KillRun(work.resolve("log"), work.resolve("stderr"), SEED, /* honest */ false);
        run.run(30);

        assertThat(run.violations().count(Violations.Kind.LOST)).isPositive();
        deleteAll(work);
    }

    private static Path newDirectory() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "kill-proof");
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
