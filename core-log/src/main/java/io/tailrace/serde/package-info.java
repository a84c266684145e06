/**
 * Serializers and deserializers: how keys and values become bytes. The interfaces, class names, config keys and bytes are
 * those of Kafka, so that either side reads what the other wrote. The classes are open for subclasses because
 * applications extend them, as they do with Kafka's. Each instance belongs to one thread unless it says otherwise;
 * those of the fixed-size types, of strings and of JSON hold no state after {@code configure} and may be shared.
 */
@NullMarked
package io.tailrace.serde;

import org.jspecify.annotations.NullMarked;
