package io.tailrace.samples.flights;

import de.siegmar.fastcsv.reader.CsvReader;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.Line;
import io.tailrace.samples.input.LineFormat;
import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Lines of airports to records: the key is the code, the value an {@link Airport} as JSON. All have timestamp 0: records are
 * processed in timestamp order, so the table is complete before the first flight asks it.
 */
final class AirportFormat implements LineFormat {
    private static final int COLUMNS = 7;

    private final Serializer<Airport> serializer = JsonSerde.of(Airport.class).serializer();

    @Override
    public String topic() {
        return FlightsTopology.AIRPORTS;
    }

    @Override
    public String header() {
        return "iata,name,city,state,country,latitude,longitude";
    }

    @Override
    public Entry entry(Line line) {
        List<String> columns = columns(new String(line.bytes(), StandardCharsets.UTF_8));
        if (columns.size() != COLUMNS) {
            throw new SampleException(
                    "airports, line " + line.number() + ": " + columns.size() + " columns, expected " + COLUMNS);
        }
        Airport airport = new Airport(columns.get(0), columns.get(1), columns.get(2), columns.get(3));
        byte[] json = Objects.requireNonNull(serializer.serialize(topic(), airport), "an airport is not null");
        return new Entry(airport.iata(), 0, json);
    }

    private static List<String> columns(String line) {
        return CsvReader.builder().ofCsvRecord(line).stream()
                .findFirst()
                .map(csv -> csv.getFields())
                .orElse(List.of());
    }
}
