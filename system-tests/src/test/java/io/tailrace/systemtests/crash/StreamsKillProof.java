package io.tailrace.systemtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A process with two stream apps is killed with {@code kill -9}, again and again.
 *
 * <p>{@code -Dproof.cycles=} how often, {@code -Dproof.seed=} of what it does and when it is killed. A seed repeats the choices, not
 * the moment: threads run as they do. When something is wrong the directory is kept, and named.
 */
class StreamsKillProof {
    private static final long SEED = Long.getLong("proof.seed", 20_260_101L);
    private static final long NUMBERS = 40_000;

    @Test
    @SuppressWarnings("SystemOut")
    void shouldProcessExactlyOnceWhenKilled() throws IOException, InterruptedException {
        int cycles = Integer.getInteger("proof.cycles", 50);
        Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "streams-kill-proof");
        CrashRun run = new CrashRun(work, SEED, NUMBERS);
        run.run(cycles);

        System.out.println(run.summary());
        assertThat(run.violations())
                .as("the directory is in %s", work.toAbsolutePath())
                .isEmpty();
        assertThat(run.killed()).isEqualTo(cycles);
        CrashRun.deleteAll(work);
    }
}
