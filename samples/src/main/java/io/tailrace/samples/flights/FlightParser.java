package io.tailrace.samples.flights;

import io.tailrace.samples.input.LineReader;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Turns a line {@code departure,origin,destination,delay,distance} into a flight, or says precisely why it is none. */
final class FlightParser {
    static final String HEADER = "departure,origin,destination,delay,distance";
    static final int MIN_DELAY = -120;
    static final int MAX_DELAY = 3000;

    private static final int COLUMNS = 5;
    private static final int QUOTED_CHARS = 40;

    private FlightParser() {}

    /** Never fails: a line that is no flight is a {@link Rejection}. */
    static ParsedLine parse(byte[] line) {
        try {
            if (line.length > LineReader.MAX_LINE_BYTES) {
                throw new MalformedLine(tooLong(line.length));
            }
            String[] columns = decode(line).split(",", -1);
            if (columns.length != COLUMNS) {
                throw new MalformedLine(
                        columns.length + (columns.length == 1 ? " column" : " columns") + ", expected " + COLUMNS);
            }
            return new Flight(
                    departure(columns[0]),
                    code("origin", columns[1]),
                    code("destination", columns[2]),
                    delay(columns[3]),
                    wholeNumber("distance", columns[4]));
        } catch (MalformedLine e) {
            return new Rejection(line, e.reason);
        }
    }

    /** The departure of a line as epoch milliseconds, or {@code otherwise} when the line does not begin with one. */
    static long timestampMs(String departure, long otherwise) {
        try {
            return departure(departure).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (MalformedLine e) {
            return otherwise;
        }
    }

    static String tooLong(long length) {
        return "line of " + length + " bytes, at most " + LineReader.MAX_LINE_BYTES;
    }

    private static LocalDateTime departure(String text) throws MalformedLine {
        LocalDateTime departure;
        try {
            departure = LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            String reason = e.getCause() instanceof DateTimeException cause
                    ? cause.getMessage()
                    : "expected a date and time like 2001-01-31T23:59";
            throw new MalformedLine("departure " + quoted(text) + ": " + reason);
        }
        if (departure.getYear() < 1970 || departure.getYear() > 9999) {
            throw new MalformedLine("departure " + quoted(text) + ": expected a year from 1970 to 9999");
        }
        return departure;
    }

    private static String code(String column, String text) throws MalformedLine {
        if (text.isBlank()) {
            throw new MalformedLine(column + " is empty");
        }
        return text;
    }

    private static int delay(String text) throws MalformedLine {
        int delay = wholeNumber("delay", text);
        if (delay < MIN_DELAY || delay > MAX_DELAY) {
            throw new MalformedLine("delay " + delay + " outside [" + MIN_DELAY + ", " + MAX_DELAY + "]");
        }
        return delay;
    }

    private static int wholeNumber(String column, String text) throws MalformedLine {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new MalformedLine(column + " " + quoted(text) + " is not a whole number of 32 bits");
        }
    }

    /** Strict, so that bytes which are no text are a reason to reject and not a replacement character in the result. */
    private static String decode(byte[] line) throws MalformedLine {
        ByteBuffer in = ByteBuffer.wrap(line);
        CharBuffer out = CharBuffer.allocate(line.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            throw new MalformedLine(
                    String.format("byte 0x%02x at %d is not UTF-8", line[in.position()] & 0xff, in.position()));
        }
        return out.flip().toString();
    }

    private static String quoted(String text) {
        return "'" + (text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "...") + "'";
    }

    /** Leads from the place where a line is found wrong to {@link #parse}, never further; cheap, it has no stack trace. */
    private static final class MalformedLine extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String reason;

        MalformedLine(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
