package io.tailrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with a large store stays small. {@code -Dproof.keys=} how many keys, of 8 bytes with values of 100.
 *
 * <p>What is measured is the peak of the resident set as the kernel counts it: heap, native memory, and mapped files.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class StoreMemoryProof {
    private static final int KEYS = Integer.getInteger("proof.keys", 1_000_000);
    private static final int READS = 100_000;
    private static final long LIMIT_MB = 512;
    private static final List<String> HEAP = List.of("-Xmx192m", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path directory;

    @Test
    @SuppressWarnings("SystemOut")
    void shouldKeepAMillionKeysInLittleMemory() {
        try (ChildJvm child = ChildJvm.start(
                HEAP,
                FillStore.class.getName(),
                directory.toString(),
                Integer.toString(KEYS),
                Integer.toString(READS))) {
            assertThat(child.exitCode()).as(child.output()).isZero();
            String output = child.output();
            long peakMb = number(output, "peak-rss-kb") / 1024;
            System.out.printf(
                    Locale.ROOT,
                    "store-memory: %,d keys with values of %d bytes, heap of 192 MB, default budgets: peak %d MB resident,"
                            + " limit %d MB; %,d random reads and %,d scanned entries right%n",
                    KEYS,
                    FillStore.VALUE_BYTES,
                    peakMb,
                    LIMIT_MB,
                    number(output, "found"),
                    number(output, "scanned"));
            assertThat(number(output, "found")).isEqualTo(READS);
            assertThat(number(output, "scanned")).isEqualTo(KEYS);
            assertThat(peakMb).isLessThan(LIMIT_MB);
        }
    }

    private static long number(String output, String name) {
        return output.lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in:\n" + output));
    }
}
