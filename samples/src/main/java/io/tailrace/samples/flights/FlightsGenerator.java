package io.tailrace.samples.flights;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes flights of a year, for runs that are larger than the shipped week: roughly in order of time, some far out of order,
 * one in a thousand malformed. The same seed and number of lines give the same bytes.
 */
public final class FlightsGenerator {
    private static final LocalDateTime START = LocalDateTime.parse("2001-01-01T00:00");
    private static final int YEAR_MINUTES = 365 * 24 * 60;
    private static final int MALFORMED_ONE_IN = 1000;
    private static final int FAR_OUT_OF_ORDER_ONE_IN = 200;

    // The last two are in no table of airports.
    private static final List<String> AIRPORTS = List.of(
            "ATL", "ORD", "DFW", "LAX", "PHX", "STL", "DTW", "MSP", "LAS", "BOS", "DEN", "IAH", "CLT", "SFO", "EWR",
            "PHL", "LGA", "PIT", "SEA", "BWI", "MCO", "CVG", "DCA", "SLC", "MDW", "CLE", "SAN", "MIA", "TPA", "OAK",
            "BNA", "RDU", "SJC", "PDX", "JFK", "HOU", "MCI", "SMF", "ANC", "HNL", "XX1", "ZZ9");

    private final SplittableRandom random;

    public FlightsGenerator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Writes the header and {@code lines} lines; does not close {@code out}. */
    public void write(OutputStream out, long lines) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        writer.write(FlightParser.HEADER + "\n");
        for (long line = 0; line < lines; line++) {
            int minute = (int) (line * YEAR_MINUTES / lines);
            writer.write(random.nextInt(MALFORMED_ONE_IN) == 0 ? malformed(minute) : flight(minute));
            writer.write('\n');
        }
        writer.flush();
    }

    private String flight(int minute) {
        return line(departure(minute), airport(), Integer.toString(delay()));
    }

    private String malformed(int minute) {
        return switch (random.nextInt(6)) {
            case 0 -> line(departure(minute), airport(), "");
            case 1 -> line(departure(minute), airport(), "NA");
            case 2 -> line(departure(minute), airport(), "3001");
            case 3 -> line("2001-02-30T12:00", airport(), "7");
            case 4 -> departure(minute) + "," + airport();
            default -> line(departure(minute), "", "7");
        };
    }

    private String line(String departure, String origin, String delay) {
        return departure + "," + origin + "," + airport() + "," + delay + "," + random.nextInt(50, 5000);
    }

    private String departure(int minute) {
        int jitter = random.nextInt(FAR_OUT_OF_ORDER_ONE_IN) == 0
                ? random.nextInt(-40 * 24 * 60, 0)
                : random.nextInt(-30, 30);
        return START.plusMinutes(Math.floorMod(minute + jitter, YEAR_MINUTES)).toString();
    }

    /** The product of two even draws: some airports are much busier than others, as in real data. */
    private String airport() {
        return AIRPORTS.get((int) (random.nextDouble() * random.nextDouble() * AIRPORTS.size()));
    }

    /** Most flights are a little early or late, few are very late. */
    private int delay() {
        double even = random.nextDouble();
        return even < 0.75
                ? random.nextInt(-25, 15)
                : (int) Math.min(FlightParser.MAX_DELAY, 15 / Math.pow(1.0001 - even, 0.7) - 25);
    }
}
