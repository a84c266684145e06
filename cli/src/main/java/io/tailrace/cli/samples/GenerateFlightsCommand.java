package io.tailrace.cli.samples;

import io.tailrace.samples.FileFailure;
import io.tailrace.samples.flights.FlightsGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailrace flights-generate}. */
@Command(
        name = "flights-generate",
        description =
                "Writes a file of invented flights, with some malformed lines and some out of order. The same seed gives"
                        + " the same file.")
@SuppressWarnings("NullAway.Init") // injected by picocli
public final class GenerateFlightsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--lines",
            paramLabel = "N",
            required = true,
            description = "How many, from 1, the header not counted.")
    private long lines;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "Compressed by gzip when the name ends with .gz.")
    private Path output;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "2001", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public void run() {
        if (lines < 1) {
            throw new ParameterException(spec.commandLine(), "--lines " + lines + ", expected 1 or more");
        }
        try (OutputStream file = Files.newOutputStream(output);
                OutputStream out = output.toString().endsWith(".gz") ? new GZIPOutputStream(file, 1 << 16) : file) {
            new FlightsGenerator(seed).write(out, lines);
        } catch (IOException e) {
            throw FileFailure.of("output " + output, e);
        }
    }
}
