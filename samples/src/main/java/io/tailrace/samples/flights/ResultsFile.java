package io.tailrace.samples.flights;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tailrace.samples.FileFailure;
import io.tailrace.samples.SampleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes airport-days as CSV. The file appears, or replaces an older one, as a whole or not at all. */
public final class ResultsFile {
    private final Path path;

    private ResultsFile(Path path) {
        this.path = path;
    }

    /** @throws SampleException when the file could not be written later; better known before hours of work */
    public static ResultsFile at(Path path) {
        if (path.toString().isEmpty()) {
            throw new SampleException("results '', expected the name of a file");
        }
        Path directory = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path)) {
            throw new SampleException("results " + path + " is a directory, expected the name of a file");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) { // a device or pipe would be replaced by a file
            throw new SampleException(
                    "results " + path + " is not a regular file, expected the name of one or a new name");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new SampleException("results " + path + ": there is no directory " + directory + "; create it first");
        }
        if (!Files.isWritable(directory)) {
            throw new SampleException("results " + path + ": directory " + directory + " is not writable");
        }
        try {
            return new ResultsFile(
                    Files.exists(path) ? path.toRealPath() : path); // a link stays, its target is replaced
        } catch (IOException e) {
            throw FileFailure.of("results " + path, e);
        }
    }

    /** @param days in the order in which they shall stand in the file */
    public void write(List<AirportDay> days) {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        try {
            try (CsvWriter csv =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(part)) {
                csv.writeRecord("day", "origin", "city", "state", "flights", "delayed", "total_delay");
                days.forEach(day -> csv.writeRecord(
                        day.day().toString(),
                        day.origin(),
                        day.city(),
                        day.state(),
                        Long.toString(day.flights()),
                        Long.toString(day.delayed()),
                        Long.toString(day.totalDelay())));
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw FileFailure.of("results " + path, e);
        }
    }
}
