package io.tailrace.storesuite;

import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;

/** Whether a store has a cache, and what that holds. */
enum Caching {
    NONE,
    OBJECTS,
    BYTES;

    /** The cache holds bytes if nobody has said that the serdes make immutable objects. */
    <T> Serde<T> serde(Serde<T> immutable) {
        return this != BYTES
                ? immutable
                : Serdes.serdeFrom(
                        (topic, data) -> immutable.serializer().serialize(topic, data),
                        (topic, data) -> immutable.deserializer().deserialize(topic, data));
    }
}
