package io.tailrace.samples.processor;

import io.tailrace.samples.FileFailure;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a feed of earthquakes as the US Geological Survey publishes it: GeoJSON, the newest first. */
final class QuakesFeed {
    private QuakesFeed() {}

    /** @param timeMs epoch milliseconds */
    record Event(long timeMs, Quake quake) {}

    /** The earthquakes whose magnitude is known, the oldest first. */
    static List<Event> read(InputFile file) {
        JsonNode features;
        try (InputStream in = file.open()) {
            features = JsonMapper.shared().readTree(in).path("features");
        } catch (IOException e) {
            throw FileFailure.of("input " + file.name(), e);
        } catch (JacksonException e) {
            throw new SampleException("input " + file.name() + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (features.isEmpty()) {
            throw new SampleException("input " + file.name() + " is no feed of earthquakes: it has no 'features'");
        }
        List<Event> events = new ArrayList<>();
        for (JsonNode feature : features) {
            JsonNode properties = feature.path("properties");
            if (properties.path("mag").isNumber() && properties.path("time").isNumber()) {
                Quake quake = new Quake(
                        properties.path("mag").asDouble(),
                        properties.path("place").asString(""));
                events.add(new Event(properties.path("time").asLong(), quake));
            }
        }
        events.sort(Comparator.comparingLong(Event::timeMs));
        return events;
    }
}
