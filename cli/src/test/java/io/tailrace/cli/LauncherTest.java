package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./tailrace}, with tools that only pretend to be Java and Maven. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("sh", "dirname", "readlink", "sed", "head", "find", "mkdir", "rm", "mv", "grep", "cat");

    @TempDir
    private Path directory;

    private Path bin;
    private Path checkout;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path found = Path.of(place, tool);
                if (Files.exists(found) && !Files.exists(bin.resolve(tool))) {
                    fake(tool, "exec " + found + " \"$@\"");
                }
            }
        }
        checkout = Files.createDirectories(directory.resolve("check out"));
        Files.createDirectories(checkout.resolve("samples/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        Files.copy(Path.of("..", "tailrace"), checkout.resolve("tailrace"));
    }

    @Test
    void shouldSayWhatToInstallWithoutJava() throws Exception {
        assertThat(launch())
                .isEqualTo(
                        new Cli(
                                1,
                                "",
                                "tailrace: no Java found: install JDK 17 or newer (Debian, Ubuntu: apt install openjdk-17-jdk)\n"));
    }

    @Test
    void shouldSayWhatToInstallWithAnOldJava() throws Exception {
        fakeJava("1.8.0_402");
        assertThat(launch().err()).endsWith("/java is Java 1: install JDK 17 or newer and point JAVA_HOME at it\n");
    }

    @Test
    void shouldSayThatJavaHomeIsWrong() throws Exception {
        fakeJava("17.0.1");
        assertThat(launch("JAVA_HOME", "/nowhere").err())
                .isEqualTo(
                        "tailrace: JAVA_HOME is /nowhere, but there is no bin/java in it: set it to a JDK 17 or newer\n");
    }

    @Test
    void shouldSayThatARuntimeIsNotEnoughToBuild() throws Exception {
        fakeJava("17.0.1");
        assertThat(launch().err())
                .endsWith("comes without a compiler: install a JDK 17 or newer, not only a runtime\n");
    }

    @Test
    void shouldSayWhatToInstallWithoutMaven() throws Exception {
        fakeJava("17.0.1");
        fake("javac", "");
        assertThat(launch().err())
                .isEqualTo(
                        "tailrace: Maven is needed to build: install Maven 3.8 or newer (Debian, Ubuntu: apt install maven)\n");
    }

    @Test
    void shouldSayWhatToInstallWithAnOldMaven() throws Exception {
        fakeJava("17.0.1");
        fake("javac", "");
        fakeMaven("3.6.3");
        assertThat(launch().err()).isEqualTo("tailrace: Maven is version 3.6: install Maven 3.8 or newer\n");
    }

    @Test
    void shouldBuildOnceAndAgainWhenASourceIsNewer() throws Exception {
        fakeJava("17.0.1");
        fake("javac", "");
        fakeMaven("3.8.7");
        assertThat(launch().err()).contains("tailrace: building");
        assertThat(launch().err()).isEmpty();
        Files.delete(bin.resolve("mvn")); // not needed any more
        assertThat(launch().exitCode()).isZero();
        fakeMaven("4.0.0");
        Path source = Files.writeString(checkout.resolve("samples/src/main/New.java"), "");
        Files.setLastModifiedTime(
                source, FileTime.fromMillis(Files.getLastModifiedTime(source).toMillis() + 5000));
        assertThat(launch().err()).contains("tailrace: building");
    }

    @Test
    void shouldShowTheErrorsOfABuildThatFails() throws Exception {
        fakeJava("17.0.1");
        fake("javac", "");
        fake("mvn", "case $* in *version*) echo 'Apache Maven 3.9.9';; *) echo '[ERROR] New.java: no'; exit 1;; esac");
        Cli cli = launch();
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("[ERROR] New.java: no\ntailrace: the build failed: ");
        assertThat(launch().err()).contains("tailrace: building");
    }

    @Test
    void shouldPassArgumentsAndOptionsThroughASymbolicLinkFromAnywhere() throws Exception {
        fakeJava("21.0.1");
        fake("javac", "");
        fakeMaven("3.9.9");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("check out", "tailrace"));
        String out = launch(link, "TAILRACE_OPTS", "-Xmx512m -Dx=y").out();
        assertThat(out)
                .contains("[-Xmx512m]\n[-Dx=y]\n")
                .contains("[" + checkout.toRealPath() + "/cli/target/*:")
                .endsWith("[io.tailrace.cli.TailraceCommand]\n[flights]\n[--input]\n[two words.csv]\n");
    }

    private void fakeJava(String version) throws IOException {
        fake(
                "java",
                "case $1 in -version) echo 'openjdk version \"" + version + "\" 2024-01-01' >&2;;"
                        + " *) for each in \"$@\"; do echo \"[$each]\"; done;; esac");
    }

    private void fakeMaven(String version) throws IOException {
        fake("mvn", "case $* in *version*) echo 'Apache Maven " + version + " (x)';; esac");
    }

    private void fake(String tool, String script) throws IOException {
        Path file = bin.resolve(tool);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Cli launch(String... environment) throws IOException, InterruptedException {
        return launch(checkout.resolve("tailrace"), environment);
    }

    private Cli launch(Path launcher, String... environment) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder process = new ProcessBuilder(launcher.toString(), "flights", "--input", "two words.csv")
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().clear();
        process.environment().put("PATH", bin.toString());
        for (int i = 0; i < environment.length; i += 2) {
            process.environment().put(environment[i], environment[i + 1]);
        }
        Process launched = process.start();
        assertThat(launched.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Cli(
                launched.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
