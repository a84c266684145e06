package io.tailrace.stores.typed;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.errors.StreamsException;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serializer;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keys or values of one store by a serde, with errors that say which store and which serde. */
final class SerdeForm<T> implements TypedForm<T> {
    /** Which half of an entry. */
    enum Part {
        KEY,
        VALUE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String storeName;
    private final String topic;
    private final Part part;
    private final Serializer<T> serializer;
    private final Deserializer<T> deserializer;
    private final boolean immutable;

    private SerdeForm(String storeName, String topic, Part part, Serde<T> serde) {
        this.storeName = storeName;
        this.topic = topic;
        this.part = part;
        this.serializer = serde.serializer();
        this.deserializer = serde.deserializer();
        this.immutable = serde.isImmutable();
    }

    /**
     * By the serde given, else by the application's default.
     *
     * @throws StreamsException when there is neither
     */
    static <T> SerdeForm<T> resolve(String storeName, StateStoreContext context, @Nullable Serde<T> given, Part part) {
        String topic = context.applicationId() + "-" + storeName + "-changelog";
        return new SerdeForm<>(storeName, topic, part, given != null ? given : defaultSerde(storeName, context, part));
    }

    @SuppressWarnings("unchecked") // what the application configured must fit; toBytes reports if it does not
    private static <T> Serde<T> defaultSerde(String storeName, StateStoreContext context, Part part) {
        Serde<?> serde;
        try {
            serde = part == Part.KEY ? context.keySerde() : context.valueSerde();
        } catch (RuntimeException e) {
            throw noSerde(storeName, part, e);
        }
        if (serde == null) {
            throw noSerde(storeName, part, null);
        }
        return (Serde<T>) serde;
    }

    private static StreamsException noSerde(String storeName, Part part, @Nullable RuntimeException cause) {
        String message = "store '" + storeName + "' has no serde for its " + part.label()
                + "s: give one to the store, for example by Materialized.with(keySerde, valueSerde) or to its builder, or"
                + " configure default." + part.label() + ".serde";
        return cause == null ? new StreamsException(message) : new StreamsException(message, cause);
    }

    @Override
    public boolean isImmutable() {
        return immutable;
    }

    @Override
    public byte @Nullable [] toBytes(T object) {
        try {
            return serializer.serialize(topic, object);
        } catch (ClassCastException e) {
            throw misfit(object, e);
        }
    }

    private StreamsException misfit(T object, ClassCastException e) {
        return new StreamsException(
                "store '" + storeName + "' cannot write a " + part.label() + " of type "
                        + object.getClass().getName() + " with "
                        + serializer.getClass().getName()
                        + ": give the store a " + part.label() + " serde for that type, or change default."
                        + part.label() + ".serde",
                e);
    }

    @Override
    public @Nullable T fromBytes(byte[] bytes) {
        try {
            return deserializer.deserialize(topic, bytes);
        } catch (SerializationException e) {
            throw unreadable(e);
        }
    }

    /** As {@link #toBytes(Object)}, for a serializer that reads the headers of the value, or adds some. */
    byte @Nullable [] toBytes(T object, Headers headers) {
        try {
            return serializer.serialize(topic, headers, object);
        } catch (ClassCastException e) {
            throw misfit(object, e);
        }
    }

    @Nullable
    T fromBytes(ByteBuffer bytes) {
        return fromBytes(bytes, new RecordHeaders());
    }

    @Nullable
    T fromBytes(ByteBuffer bytes, Headers headers) {
        try {
            return deserializer.deserialize(topic, headers, bytes);
        } catch (SerializationException e) {
            throw unreadable(e);
        }
    }

    private StreamsException unreadable(SerializationException cause) {
        return new StreamsException(
                "store '" + storeName + "' holds a " + part.label() + " that "
                        + deserializer.getClass().getName() + " cannot read: " + cause.getMessage()
                        + ". It was written with another serde: use that one, or reset the application's state",
                cause);
    }
}
