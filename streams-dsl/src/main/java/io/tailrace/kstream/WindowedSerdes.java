package io.tailrace.kstream;

import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.Windowed;

/** The serdes of windowed keys; see {@link TimeWindowedSerializer} for the bytes. */
public class WindowedSerdes {
    /** WindowedSerdes has only static methods; the constructor is public because it is so in Kafka Streams. */
    public WindowedSerdes() {}

    /**
     * For keys of a type that {@link Serdes#serdeFrom(Class)} knows.
     *
     * @param windowSize in milliseconds
     */
    public static <T> Serde<Windowed<T>> timeWindowedSerdeFrom(Class<T> type, long windowSize) {
        return new TimeWindowedSerde<>(Serdes.serdeFrom(type), windowSize);
    }

    /** A key in a time window. */
    public static class TimeWindowedSerde<T> extends Serdes.WrapperSerde<Windowed<T>> {
        private final boolean immutable;

        /** To be configured, see {@link TimeWindowedSerializer} and {@link TimeWindowedDeserializer}. */
        public TimeWindowedSerde() {
            super(new TimeWindowedSerializer<>(), new TimeWindowedDeserializer<>());
            immutable = false; // the inner serde is not known yet
        }

        /** @param windowSize in milliseconds */
        public TimeWindowedSerde(Serde<T> inner, long windowSize) {
            super(
                    new TimeWindowedSerializer<>(inner.serializer()),
                    new TimeWindowedDeserializer<>(inner.deserializer(), windowSize));
            immutable = inner.isImmutable();
        }

        /** As the inner serde. */
        @Override
        public boolean isImmutable() {
            return immutable;
        }

        /** Switches reading between the keys of a topic and those of a window store's changelog; returns this. */
        public TimeWindowedSerde<T> forChangelog(boolean isChangelogTopic) {
            ((TimeWindowedDeserializer<T>) deserializer()).setIsChangelogTopic(isChangelogTopic);
            return this;
        }
    }
}
