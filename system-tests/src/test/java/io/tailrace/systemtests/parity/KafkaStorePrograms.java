package io.tailrace.systemtests.parity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.internals.SessionWindow;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.AggregationWithHeaders;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.SessionBytesStoreSupplier;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.SessionStoreWithHeaders;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStoreWithHeaders;
import org.apache.kafka.streams.state.TimestampedWindowStoreWithHeaders;
import org.apache.kafka.streams.state.ValueTimestampHeaders;
import org.apache.kafka.streams.state.VersionedKeyValueStore;
import org.apache.kafka.streams.state.VersionedRecord;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Programs on stores that the DSL does not use: of sessions, of versions, and with headers. They write nothing that comes too late,
 * nor null where duplicates are kept: Kafka Streams logs both although it stores neither.
 */
final class KafkaStorePrograms {
    private static final long GAP_MS = 4_000;
    private static final long RETENTION_MS = 30_000;
    private static final Duration RETENTION = Duration.ofMillis(RETENTION_MS);
    private static final Duration NEVER = Duration.ofHours(1);

    private KafkaStorePrograms() {}

    static void sessions(StreamsBuilder builder) {
        builder.addStateStore(sessions(Stores.inMemorySessionStore("memory", RETENTION)));
        builder.addStateStore(
                sessions(Stores.persistentSessionStore("disk", NEVER)).withCachingEnabled());
        builder.<String, String>stream("in")
                .process(() -> new Sessions("memory"), "memory")
                .to("memory");
        builder.<String, String>stream("in")
                .process(() -> new Sessions("disk"), "disk")
                .to("disk");
    }

    private static StoreBuilder<SessionStore<String, String>> sessions(SessionBytesStoreSupplier supplier) {
        return Stores.sessionStoreBuilder(supplier, Serdes.String(), Serdes.String());
    }

    /** Merges the values of a session; one that gets too long is deleted. */
    private static final class Sessions extends ContextualProcessor<String, String, String, String> {
        private final String name;
        private long streamTimeMs = -1;

        Sessions(String name) {
            this.name = name;
        }

        @Override
        public void process(Record<String, String> record) {
            long time = record.timestamp();
            streamTimeMs = Math.max(streamTimeMs, time);
            if (record.key() == null || time <= streamTimeMs - RETENTION_MS) {
                return;
            }
            SessionStore<String, String> store = context().getStateStore(name);
            List<KeyValue<Windowed<String>, String>> found = new ArrayList<>();
            try (KeyValueIterator<Windowed<String>, String> near =
                    store.findSessions(record.key(), Math.max(0, time - GAP_MS), time + GAP_MS)) {
                near.forEachRemaining(found::add);
            }
            long start = time;
            long end = time;
            StringBuilder merged = new StringBuilder();
            for (KeyValue<Windowed<String>, String> session : found) {
                start = Math.min(start, session.key.window().start());
                end = Math.max(end, session.key.window().end());
                merged.append(session.value);
                store.remove(session.key);
            }
            merged.append(record.value());
            Windowed<String> key = new Windowed<>(record.key(), new SessionWindow(start, end));
            store.put(key, merged.length() > 12 ? null : merged.toString());
            String answer = found + " " + store.fetchSession(record.key(), start, end) + all(store.fetch(record.key()))
                    + all(store.backwardFetch("a", "b"));
            context().forward(record.withValue(answer));
        }
    }

    private static <K, V> List<String> all(KeyValueIterator<K, V> iterator) {
        List<String> all = new ArrayList<>();
        try (iterator) {
            iterator.forEachRemaining(entry -> all.add(entry.key + "=" + shown(entry.value)));
        }
        all.sort(null); // the order over several keys is for each store to choose
        return all;
    }

    static void versions(StreamsBuilder builder) {
        builder.addStateStore(Stores.versionedKeyValueStoreBuilder(
                Stores.persistentVersionedKeyValueStore("versions", RETENTION), Serdes.String(), Serdes.String()));
        builder.<String, String>stream("in").process(Versions::new, "versions").to("versions-out");
    }

    private static final class Versions extends ContextualProcessor<String, String, String, String> {
        private long streamTimeMs = -1;

        @Override
        public void process(Record<String, String> record) {
            long time = record.timestamp();
            if (record.key() == null || time < streamTimeMs - RETENTION_MS) {
                return;
            }
            streamTimeMs = Math.max(streamTimeMs, time);
            VersionedKeyValueStore<String, String> store = context().getStateStore("versions");
            String answer = "x".equals(record.value())
                    ? shown(store.delete(record.key(), time))
                    : String.valueOf(store.put(record.key(), record.value(), time));
            context()
                    .forward(record.withValue(answer + " " + shown(store.get(record.key())) + " "
                            + shown(store.get(record.key(), time)) + " "
                            + shown(store.get("a", Math.max(0, streamTimeMs - 10_000)))));
        }
    }

    static void headers(StreamsBuilder builder) {
        builder.addStateStore(Stores.timestampedKeyValueStoreWithHeadersBuilder(
                        Stores.persistentTimestampedKeyValueStoreWithHeaders("values"),
                        Serdes.String(),
                        Serdes.String())
                .withCachingEnabled());
        builder.addStateStore(Stores.timestampedKeyValueStoreWithHeadersBuilder(
                Stores.inMemoryKeyValueStore("memory"), Serdes.String(), Serdes.String()));
        builder.<String, String>stream("in")
                .process(() -> new Values("values"), "values")
                .to("values-out");
        builder.<String, String>stream("in")
                .process(() -> new Values("memory"), "memory")
                .to("memory-out");
    }

    /** Keeps the headers of every record, and deletes on some. */
    private static final class Values extends ContextualProcessor<String, String, String, String> {
        private final String name;

        Values(String name) {
            this.name = name;
        }

        @Override
        public void process(Record<String, String> record) {
            if (record.key() == null) {
                return;
            }
            TimestampedKeyValueStoreWithHeaders<String, String> store =
                    context().getStateStore(name);
            ValueTimestampHeaders<String> value =
                    ValueTimestampHeaders.make(record.value(), record.timestamp(), record.headers());
            String answer = shown(store.get(record.key()));
            if ("x".equals(record.value())) {
                answer += " deleted " + shown(store.delete(record.key()));
            } else if ("xy".equals(record.value())) {
                answer += " or " + shown(store.putIfAbsent(record.key(), value));
            } else {
                store.put(record.key(), value);
            }
            if (record.value() != null && record.value().startsWith("2")) {
                store.putAll(List.of(KeyValue.pair(record.value(), value)));
            }
            context().forward(record.withValue(answer + " of " + all(store.range("a", "b"))));
        }
    }

    static void windowsWithHeaders(StreamsBuilder builder) {
        builder.addStateStore(Stores.timestampedWindowStoreWithHeadersBuilder(
                        Stores.persistentTimestampedWindowStoreWithHeaders(
                                "windows", NEVER, Duration.ofSeconds(5), false),
                        Serdes.String(),
                        Serdes.String())
                .withCachingEnabled());
        builder.addStateStore(Stores.timestampedWindowStoreWithHeadersBuilder(
                Stores.persistentTimestampedWindowStoreWithHeaders("all", NEVER, Duration.ofSeconds(5), true),
                Serdes.String(),
                Serdes.String()));
        builder.<String, String>stream("in")
                .process(Windows::new, "windows", "all")
                .to("windows-out");
    }

    private static final class Windows extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            if (record.key() == null) {
                return;
            }
            TimestampedWindowStoreWithHeaders<String, String> windows =
                    context().getStateStore("windows");
            TimestampedWindowStoreWithHeaders<String, String> duplicates =
                    context().getStateStore("all");
            long start = record.timestamp() / 5_000 * 5_000;
            ValueTimestampHeaders<String> value = ValueTimestampHeaders.make(
                    "x".equals(record.value()) ? null : record.value(), record.timestamp(), record.headers());
            windows.put(record.key(), value, start);
            if (value != null) {
                duplicates.put(record.key(), value, start);
            }
            context()
                    .forward(record.withValue(shown(windows.fetch(record.key(), start))
                            + starts(windows.fetch(record.key(), 0, start))
                            + starts(duplicates.fetch(record.key(), start, start + 5_000))));
        }

        private static List<String> starts(WindowStoreIterator<ValueTimestampHeaders<String>> iterator) {
            List<String> all = new ArrayList<>();
            try (iterator) {
                iterator.forEachRemaining(entry -> all.add(entry.key + "=" + shown(entry.value)));
            }
            return all;
        }
    }

    static void sessionsWithHeaders(StreamsBuilder builder) {
        builder.addStateStore(Stores.sessionStoreWithHeadersBuilder(
                        Stores.persistentSessionStoreWithHeaders("sessions", NEVER), Serdes.String(), Serdes.String())
                .withCachingEnabled());
        builder.<String, String>stream("in")
                .process(HeaderSessions::new, "sessions")
                .to("sessions-out");
    }

    /** A session from the last multiple of 20 seconds to the record; all of a key are removed together. */
    private static final class HeaderSessions extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            if (record.key() == null) {
                return;
            }
            SessionStoreWithHeaders<String, String> store = context().getStateStore("sessions");
            long start = record.timestamp() / 20_000 * 20_000;
            Windowed<String> key = new Windowed<>(record.key(), new SessionWindow(start, record.timestamp()));
            if ("x".equals(record.value())) {
                try (KeyValueIterator<Windowed<String>, AggregationWithHeaders<String>> all =
                        store.fetch(record.key())) {
                    List<Windowed<String>> keys = new ArrayList<>();
                    all.forEachRemaining(entry -> keys.add(entry.key));
                    keys.forEach(store::remove);
                }
            } else {
                store.put(key, AggregationWithHeaders.make(record.value(), record.headers()));
            }
            context()
                    .forward(record.withValue(shown(store.fetchSession(record.key(), start, record.timestamp()))
                            + all(store.fetch(record.key()))));
        }
    }

    /** A value of any kind as text, with its time and headers if it has them. */
    static String shown(@Nullable Object value) {
        if (value instanceof ValueTimestampHeaders<?> kept) {
            return kept.value() + " @ " + kept.timestamp() + shown(kept.headers());
        }
        if (value instanceof AggregationWithHeaders<?> kept) {
            return kept.aggregation() + shown(kept.headers());
        }
        if (value instanceof VersionedRecord<?> version) {
            return version.value() + " @ "
                    + version.timestamp(); // without its end, which Kafka Streams tells queries only
        }
        return String.valueOf(value);
    }

    private static String shown(Headers headers) {
        StringBuilder all = new StringBuilder();
        for (Header header : headers) {
            all.append(' ').append(header.key()).append('=').append(new String(header.value(), StandardCharsets.UTF_8));
        }
        return all.toString();
    }
}
