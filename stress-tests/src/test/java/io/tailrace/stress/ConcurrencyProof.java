package io.tailrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No reader ever sees half of what a writer publishes. {@code -Dproof.stress=} is a mode of jcstress: {@code quick}, {@code
 * default}, {@code tough}; without it, each test runs for less than a second in one compilation mode.
 */
class ConcurrencyProof {
    private static final Pattern OUTCOME = Pattern.compile("^\\s+\\S.*?\\s+([\\d,]+)\\s+[<>]?[\\d.]+%\\s+(\\w+).*");
    private static final Pattern TEST = Pattern.compile("\\b(io\\.tailrace\\.[\\w.]+Stress\\.\\w+)\\b");

    @Test
    @SuppressWarnings("SystemOut")
    void shouldNeverShowHalfOfAPublication() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command()).redirectErrorStream(true).start();
        long samples = 0;
        long forbidden = 0;
        TreeSet<String> tests = new TreeSet<>();
        List<String> output = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher outcome = OUTCOME.matcher(line);
                if (outcome.matches()) {
                    long count = Long.parseLong(outcome.group(1).replace(",", ""));
                    samples += count;
                    forbidden += "Forbidden".equals(outcome.group(2)) ? count : 0;
                }
                Matcher test = TEST.matcher(line);
                if (test.find()) {
                    tests.add(test.group(1));
                }
            }
        }
        int exit = process.waitFor();
        System.out.println(String.format(
                Locale.ROOT,
                "concurrency: %,d jcstress tests, %,d samples, %,d forbidden",
                tests.size(),
                samples,
                forbidden));
        assertThat(exit).as(String.join("\n", output)).isZero();
        assertThat(forbidden).as(String.join("\n", output)).isZero();
        assertThat(samples).as(String.join("\n", output)).isPositive();
    }

    private static List<String> command() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String mode = System.getProperty("proof.stress", "");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "org.openjdk.jcstress.Main",
                "-v",
                "-r",
                Path.of("target", "jcstress").toString()));
        command.addAll(
                mode.isEmpty()
                        ? List.of(
                                "-m",
                                "quick",
                                "-f",
                                "1",
                                "-fsm",
                                "0",
                                "-sc",
                                "false",
                                "-af",
                                "NONE",
                                "-iters",
                                "2",
                                "-time",
                                "150",
                                "-jvmArgs",
                                "-XX:+UseSerialGC")
                        : List.of("-m", mode));
        return command;
    }
}
