package io.tailrace.systemtests.crash;

import io.tailrace.log.api.EventLog;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.samples.flights.FlightsTopology;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.ByteArrayDeserializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.Windowed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@link TwoApps} have made of their input.
 *
 * @param topics by topic the committed values of each key, in their order
 * @param stores by store its entries, in their order
 */
record Outcome(Map<String, Map<String, List<String>>> topics, Map<String, List<String>> stores) {
    /** Its entries tell where the load was killed. */
    private static final String JOURNAL = "flights-loads";

    /** Where the order of a key's values depends on which of two partitions is read first. */
    private static final Set<String> UNORDERED = Set.of(Shop.MATCHES, Shop.ORDERS, Shop.PAYMENTS);

    private static final String REPARTITION = "-repartition";
    private static final int MOST_TOLD = 20;
    private static final int SHORT = 8;

    /** Of apps that are running and idle. */
    static Outcome of(EventLog log, TwoApps apps) {
        Map<String, Map<String, List<String>>> topics = new TreeMap<>();
        for (String topic : log.admin().listTopics()) {
            if (!topic.startsWith("__") && !topic.equals(JOURNAL)) {
                topics.put(topic, values(log, topic));
            }
        }
        Map<String, List<String>> stores = new TreeMap<>();
        stores.put(FlightsTopology.STORE, entries(apps.flights(), FlightsTopology.STORE));
        for (String store : List.of(Shop.COUNTS, Matcher.ORDERS_SEEN, Matcher.PAYMENTS_SEEN)) {
            stores.put(store, entries(apps.shop(), store));
        }
        return new Outcome(topics, stores);
    }

    private static Map<String, List<String>> values(EventLog log, String topic) {
        Map<String, List<String>> values = new TreeMap<>();
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        SampleTopics.read(
                log, topic, bytes, bytes, record -> values.computeIfAbsent(text(record.key()), key -> new ArrayList<>())
                        .add(text(record.value())));
        if (UNORDERED.contains(topic) || topic.endsWith(REPARTITION)) {
            values.values().forEach(Collections::sort);
        }
        return values;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<String> entries(StreamsApp app, String name) {
        ReadOnlyWindowStore<Object, Object> store =
                app.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.windowStore()));
        List<String> entries = new ArrayList<>();
        try (KeyValueIterator<Windowed<Object>, Object> all = store.all()) {
            all.forEachRemaining(entry -> entries.add(entry.key + " = " + entry.value));
        }
        Collections.sort(entries); // several partitions
        return entries;
    }

    /** Records in all topics. */
    long records() {
        return topics.values().stream()
                .flatMap(topic -> topic.values().stream())
                .mapToLong(List::size)
                .sum();
    }

    /**
     * In what this differs, told for people; empty when in nothing.
     *
     * @param cached whether values may be left out that another of the same key follows
     */
    List<String> differences(Outcome expected, boolean cached) {
        List<String> differences = new ArrayList<>();
        if (!topics.keySet().equals(expected.topics.keySet())) {
            differences.add("topics " + topics.keySet() + ", expected " + expected.topics.keySet());
        }
        expected.topics.forEach((topic, values) -> compare(
                topic, values, topics.getOrDefault(topic, Map.of()), cached && mayLeaveOut(topic), differences));
        expected.stores.forEach((store, entries) -> {
            List<String> found = stores.getOrDefault(store, List.of());
            if (!found.equals(entries)) {
                differences.add("store " + store + ": " + shortened(found) + ", expected " + shortened(entries));
            }
        });
        return differences;
    }

    /** What comes out of a store that has a cache. */
    private static boolean mayLeaveOut(String topic) {
        return topic.equals(FlightsTopology.AIRPORT_DAYS)
                || topic.equals(Shop.REGION_MINUTES)
                || topic.endsWith("-changelog");
    }

    private static void compare(
            String topic,
            Map<String, List<String>> expected,
            Map<String, List<String>> found,
            boolean mayLeaveOut,
            List<String> differences) {
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (String key : keys) {
            List<String> one = expected.getOrDefault(key, List.of());
            List<String> other = found.getOrDefault(key, List.of());
            boolean same = mayLeaveOut ? leavesOut(other, one) : other.equals(one);
            if (!same && differences.size() < MOST_TOLD) {
                differences.add(
                        "topic " + topic + ", key " + key + ": " + shortened(other) + ", expected " + shortened(one));
            }
        }
    }

    /** Whether these are some of those, in their order, each once, the last one included. */
    private static boolean leavesOut(List<String> some, List<String> all) {
        int at = 0;
        for (String value : some) {
            while (at < all.size() && !all.get(at).equals(value)) {
                at++;
            }
            at++;
        }
        return at == all.size();
    }

    private static String shortened(List<String> values) {
        int size = values.size();
        return size <= SHORT
                ? values.toString()
                : size + " values, the last of them " + values.subList(size - SHORT, size);
    }
}
