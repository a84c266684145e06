package io.tailrace.systemtests.kill;

import io.tailrace.systemtests.process.ReportLines;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Victim} tells the process that kills it: one line for one fact, with numbers. What was written survives the kill.
 */
record Report(Kind kind, List<Long> numbers) {
    private static final char END = ';';

    enum Kind {
        /** The storage was asked for something while the log is opened or closed. */
        STEP(0),
        /** The log is open. */
        OPENED(0),
        /** The log is closed. */
        CLOSED(0),
        /** Producer; the first number it will write now. */
        BEGINS(2),
        /** Producer; everything up to this number is acknowledged. */
        ACKNOWLEDGED(2),
        /** Producer; number; the offset it was acknowledged with. */
        WRITTEN(3),
        /** Mover; transaction; records. */
        COMMITTED(3),
        /** Mover; transaction. */
        ABORTED(2),
        /** Partition; the offset behind the last record that a reader got. */
        DELIVERED(2),
        /** Partition; the offset that a reader has committed. */
        STORED(2),
        /** Partition; the committed offset that the log has, when it was opened. */
        RESUMES(2),
        /** Partition, offset; producer and number of the record that a consumer got. */
        SAW_MARK(4),
        /** 1 for committed records only; partition, offset; mover, transaction and index of the record that a consumer got. */
        SAW_MOVE(6);

        private final int count;

        Kind(int count) {
            this.count = count;
        }
    }

    Report {
        if (numbers.size() != kind.count) {
            throw new IllegalArgumentException(kind + " with the numbers " + numbers + ", expected " + kind.count);
        }
    }

    static Report of(Kind kind, long... numbers) {
        return new Report(kind, Arrays.stream(numbers).boxed().toList());
    }

    long number(int index) {
        return numbers.get(index);
    }

    int smallNumber(int index) {
        return Math.toIntExact(numbers.get(index));
    }

    /** Of a line; empty when the writer was killed while it wrote. */
    static Optional<Report> parse(String line) {
        if (line.isEmpty() || line.charAt(line.length() - 1) != END) {
            return Optional.empty();
        }
        String[] words = line.substring(0, line.length() - 1).split(" ", -1);
        return Optional.of(new Report(
                Kind.valueOf(words[0]),
                Arrays.stream(words).skip(1).map(Long::valueOf).toList()));
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(kind.name());
        for (long number : numbers) {
            line.append(' ').append(number);
        }
        return line.append(END).toString();
    }

    /** Where a victim writes its reports. <b>Threads:</b> any. */
    static final class Writer {
        private final ReportLines lines = new ReportLines();

        void write(Kind kind, long... numbers) {
            lines.write(of(kind, numbers).toString());
        }
    }
}
