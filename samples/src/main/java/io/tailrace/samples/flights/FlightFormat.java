package io.tailrace.samples.flights;

import io.tailrace.samples.input.Line;
import io.tailrace.samples.input.LineFormat;
import java.nio.charset.StandardCharsets;

/**
 * Lines of flights to records: the key is the origin, the timestamp the departure, the value the line as it is. A line is
 * not judged here, that is the topology's work; one without an origin gets the key "", one without a valid departure the
 * timestamp of the line before it, or 0.
 */
final class FlightFormat implements LineFormat {
    private long timestampMs;

    @Override
    public String topic() {
        return FlightsTopology.FLIGHTS;
    }

    @Override
    public String header() {
        return FlightParser.HEADER;
    }

    @Override
    public Entry entry(Line line) {
        byte[] bytes = line.bytes();
        int firstComma = comma(bytes, 0);
        timestampMs = FlightParser.timestampMs(text(bytes, 0, firstComma), timestampMs);
        int from = Math.min(firstComma + 1, bytes.length);
        return new Entry(text(bytes, from, comma(bytes, from)), timestampMs, bytes);
    }

    private static int comma(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != ',') {
            at++;
        }
        return at;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
