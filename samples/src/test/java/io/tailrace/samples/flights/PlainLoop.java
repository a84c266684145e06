package io.tailrace.samples.flights;

import io.tailrace.samples.input.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The same result by a loop over the lines, without log, topology and state, to compare with. */
final class PlainLoop {
    private record Key(LocalDate day, String origin) implements Comparable<Key> {
        @Override
        public int compareTo(Key that) {
            int byDay = day.compareTo(that.day);
            return byDay != 0 ? byDay : origin.compareTo(that.origin);
        }
    }

    private final Map<String, String[]> cityAndState = new HashMap<>();
    private final Map<Key, long[]> sums = new TreeMap<>();
    private long lines;
    private long rejected;

    private PlainLoop() {}

    static PlainLoop over(InputFile... files) {
        PlainLoop loop = new PlainLoop();
        loop.readAirports();
        for (InputFile file : files) {
            loop.read(file);
        }
        return loop;
    }

    long lines() {
        return lines;
    }

    long rejected() {
        return rejected;
    }

    List<AirportDay> days() {
        List<AirportDay> days = new ArrayList<>();
        sums.forEach((key, sum) -> {
            String[] place = cityAndState.getOrDefault(key.origin, new String[] {"", ""});
            days.add(new AirportDay(key.day, key.origin, place[0], place[1], sum[0], sum[1], sum[2]));
        });
        return days;
    }

    private void readAirports() {
        for (String line : lines(InputFile.shipped(PlainLoop.class, "airports.csv"))) {
            // From the end: the name, the second column, may have commas.
            String[] columns = line.split(",");
            int last = columns.length - 1;
            cityAndState.put(columns[0], new String[] {columns[last - 4], columns[last - 3]});
        }
    }

    private void read(InputFile file) {
        for (String line : lines(file)) {
            lines++;
            String[] columns = line.split(",", -1);
            LocalDateTime departure = columns.length == 5 ? departure(columns[0]) : null;
            if (departure == null
                    || columns[1].isEmpty()
                    || columns[2].isEmpty()
                    || !columns[3].matches("-?[0-9]{1,9}")
                    || !columns[4].matches("[0-9]{1,9}")) {
                rejected++;
                continue;
            }
            int delay = Integer.parseInt(columns[3]);
            if (delay < -120 || delay > 3000) {
                rejected++;
                continue;
            }
            long[] sum = sums.computeIfAbsent(new Key(departure.toLocalDate(), columns[1]), key -> new long[3]);
            sum[0]++;
            sum[1] += delay >= 15 ? 1 : 0;
            sum[2] += delay;
        }
    }

    private static @Nullable LocalDateTime departure(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static List<String> lines(InputFile file) {
        try (InputStream in = file.open();
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
