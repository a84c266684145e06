package io.tailrace.serde;

import io.tailrace.common.Bytes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The serdes of the plain types, and the way to make one from a serializer and a deserializer. Method names are those of
 * Kafka's class of the same name. For JSON see {@link JsonSerde}.
 */
public class Serdes {
    private static final Map<Class<?>, Supplier<Serde<?>>> BY_TYPE = byType();

    /** Deserializers of immutable objects, by the serializers that they understand. */
    private static final Map<Class<?>, Class<?>> IMMUTABLE = Map.ofEntries(
            Map.entry(BooleanSerializer.class, BooleanDeserializer.class),
            Map.entry(BytesSerializer.class, BytesDeserializer.class),
            Map.entry(DoubleSerializer.class, DoubleDeserializer.class),
            Map.entry(FloatSerializer.class, FloatDeserializer.class),
            Map.entry(IntegerSerializer.class, IntegerDeserializer.class),
            Map.entry(LongSerializer.class, LongDeserializer.class),
            Map.entry(ShortSerializer.class, ShortDeserializer.class),
            Map.entry(StringSerializer.class, StringDeserializer.class),
            Map.entry(UUIDSerializer.class, UUIDDeserializer.class),
            Map.entry(VoidSerializer.class, VoidDeserializer.class));

    /** Serdes has only static methods; the constructor is public because it is so in Kafka. */
    public Serdes() {}

    public static Serde<Boolean> Boolean() {
        return new BooleanSerde();
    }

    public static Serde<byte[]> ByteArray() {
        return new ByteArraySerde();
    }

    public static Serde<ByteBuffer> ByteBuffer() {
        return new ByteBufferSerde();
    }

    public static Serde<Bytes> Bytes() {
        return new BytesSerde();
    }

    public static Serde<Double> Double() {
        return new DoubleSerde();
    }

    public static Serde<Float> Float() {
        return new FloatSerde();
    }

    public static Serde<Integer> Integer() {
        return new IntegerSerde();
    }

    public static Serde<Long> Long() {
        return new LongSerde();
    }

    public static Serde<Short> Short() {
        return new ShortSerde();
    }

    public static Serde<String> String() {
        return new StringSerde();
    }

    public static Serde<UUID> UUID() {
        return new UUIDSerde();
    }

    public static Serde<Void> Void() {
        return new VoidSerde();
    }

    /**
     * A serde for lists, entries may be null.
     *
     * @param listClass what is created on reading; needs a constructor that takes the capacity, or none
     * @param innerSerde for the entries
     */
    public static <L extends List<Inner>, Inner> Serde<List<Inner>> ListSerde(
            Class<L> listClass, Serde<Inner> innerSerde) {
        return new ListSerde<>(listClass, innerSerde);
    }

    /**
     * The serde of a plain type.
     *
     * @throws IllegalArgumentException when there is none for the class
     */
    public static <T> Serde<T> serdeFrom(Class<T> type) {
        for (Map.Entry<Class<?>, Supplier<Serde<?>>> entry : BY_TYPE.entrySet()) {
            if (entry.getKey().isAssignableFrom(type)) {
                @SuppressWarnings("unchecked") // the table pairs each class with its own serde
                Serde<T> serde = (Serde<T>) entry.getValue().get();
                return serde;
            }
        }
        throw new IllegalArgumentException("no serde for " + type.getName() + ", expected one of "
                + BY_TYPE.keySet().stream().map(Class::getSimpleName).collect(Collectors.joining(", "))
                + "; use JsonSerde.of or serdeFrom(serializer, deserializer)");
    }

    public static <T> Serde<T> serdeFrom(Serializer<T> serializer, Deserializer<T> deserializer) {
        return new WrapperSerde<>(serializer, deserializer);
    }

    private static Map<Class<?>, Supplier<Serde<?>>> byType() {
        Map<Class<?>, Supplier<Serde<?>>> serdes = new LinkedHashMap<>();
        serdes.put(String.class, Serdes::String);
        serdes.put(Short.class, Serdes::Short);
        serdes.put(Integer.class, Serdes::Integer);
        serdes.put(Long.class, Serdes::Long);
        serdes.put(Float.class, Serdes::Float);
        serdes.put(Double.class, Serdes::Double);
        serdes.put(Boolean.class, Serdes::Boolean);
        serdes.put(byte[].class, Serdes::ByteArray);
        serdes.put(ByteBuffer.class, Serdes::ByteBuffer);
        serdes.put(Bytes.class, Serdes::Bytes);
        serdes.put(UUID.class, Serdes::UUID);
        serdes.put(Void.class, Serdes::Void);
        return serdes;
    }

    /**
     * A serde that is a pair of a serializer and a deserializer.
     *
     * @param <T> what they turn into bytes and back
     */
    public static class WrapperSerde<T> implements Serde<T> {
        private final Serializer<T> serializer;
        private final Deserializer<T> deserializer;

        public WrapperSerde(Serializer<T> serializer, Deserializer<T> deserializer) {
            this.serializer = Objects.requireNonNull(serializer, "serializer must not be null");
            this.deserializer = Objects.requireNonNull(deserializer, "deserializer must not be null");
        }

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            serializer.configure(configs, isKey);
            deserializer.configure(configs, isKey);
        }

        @Override
        public void close() {
            serializer.close();
            deserializer.close();
        }

        @Override
        public Serializer<T> serializer() {
            return serializer;
        }

        @Override
        public Deserializer<T> deserializer() {
            return deserializer;
        }

        /** True for the two halves of a serde of this class for text, numbers, booleans, UUIDs or {@link Bytes}. */
        @Override
        public boolean isImmutable() {
            return deserializer.getClass() == IMMUTABLE.get(serializer.getClass());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Boolean()}. */
    public static class BooleanSerde extends WrapperSerde<Boolean> {
        public BooleanSerde() {
            super(new BooleanSerializer(), new BooleanDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #ByteArray()}. */
    public static class ByteArraySerde extends WrapperSerde<byte[]> {
        public ByteArraySerde() {
            super(new ByteArraySerializer(), new ByteArrayDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #ByteBuffer()}. */
    public static class ByteBufferSerde extends WrapperSerde<ByteBuffer> {
        public ByteBufferSerde() {
            super(new ByteBufferSerializer(), new ByteBufferDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Bytes()}. */
    public static class BytesSerde extends WrapperSerde<Bytes> {
        public BytesSerde() {
            super(new BytesSerializer(), new BytesDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Double()}. */
    public static class DoubleSerde extends WrapperSerde<Double> {
        public DoubleSerde() {
            super(new DoubleSerializer(), new DoubleDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Float()}. */
    public static class FloatSerde extends WrapperSerde<Float> {
        public FloatSerde() {
            super(new FloatSerializer(), new FloatDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Integer()}. */
    public static class IntegerSerde extends WrapperSerde<Integer> {
        public IntegerSerde() {
            super(new IntegerSerializer(), new IntegerDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Long()}. */
    public static class LongSerde extends WrapperSerde<Long> {
        public LongSerde() {
            super(new LongSerializer(), new LongDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Short()}. */
    public static class ShortSerde extends WrapperSerde<Short> {
        public ShortSerde() {
            super(new ShortSerializer(), new ShortDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #String()}. */
    public static class StringSerde extends WrapperSerde<String> {
        public StringSerde() {
            super(new StringSerializer(), new StringDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #UUID()}. */
    public static class UUIDSerde extends WrapperSerde<UUID> {
        public UUIDSerde() {
            super(new UUIDSerializer(), new UUIDDeserializer());
        }
    }

    /** Created by name in configurations; otherwise use {@link #Void()}. */
    public static class VoidSerde extends WrapperSerde<Void> {
        public VoidSerde() {
            super(new VoidSerializer(), new VoidDeserializer());
        }
    }

    /**
     * Lists; see {@link ListSerializer} for the layout and {@link ListDeserializer} for the config keys.
     *
     * @param <Inner> type of the entries, which may be null
     */
    public static class ListSerde<Inner> extends WrapperSerde<List<Inner>> {
        /** To be configured. */
        public ListSerde() {
            super(new ListSerializer<>(), new ListDeserializer<>());
        }

        public <L extends List<Inner>> ListSerde(Class<L> listClass, Serde<Inner> serde) {
            super(new ListSerializer<>(serde.serializer()), new ListDeserializer<>(listClass, serde.deserializer()));
        }
    }
}
