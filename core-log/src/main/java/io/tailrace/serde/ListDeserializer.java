package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list from the bytes that {@link ListSerializer} writes. Created by its name it takes the serde of the entries from
 * {@code default.list.key.serde.inner} or {@code default.list.value.serde.inner}, and the class of the list from {@code
 * default.list.key.serde.type} or {@code default.list.value.serde.type}.
 *
 * @param <Inner> type of the entries
 */
public class ListDeserializer<Inner> implements Deserializer<List<Inner>> {
    private @Nullable Deserializer<Inner> inner;
    private @Nullable Class<?> listClass;

    /** To be configured. */
    public ListDeserializer() {}

    /** @param listClass what is created on reading; needs a constructor that takes the capacity, or none */
    public <L extends List<Inner>> ListDeserializer(Class<L> listClass, Deserializer<Inner> inner) {
        this.listClass = listClass;
        this.inner = inner;
    }

    /** The deserializer of the entries, or null before {@code configure}. */
    public @Nullable Deserializer<Inner> innerDeserializer() {
        return inner;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (inner != null) {
            inner.configure(configs, isKey);
            return;
        }
        listClass = ListConfig.listClass(configs, isKey);
        @SuppressWarnings(
                "unchecked") // what is configured is the caller's word; a wrong one shows where an entry is used
        Deserializer<Inner> configured =
                (Deserializer<Inner>) ListConfig.innerSerde(configs, isKey).deserializer();
        inner = configured;
    }

    @Override
    public @Nullable List<Inner> deserialize(String topic, byte @Nullable [] data) {
        return deserialize(topic, new RecordHeaders(), data);
    }

    @Override
    public @Nullable List<Inner> deserialize(String topic, Headers headers, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (inner == null) {
            throw new IllegalStateException("this list deserializer has none for its entries: call configure first");
        }
        ByteBuffer in = ByteBuffer.wrap(data);
        need(in, 1, "a layout byte");
        byte layout = in.get();
        return switch (layout) {
            case ListLayout.CONSTANT_SIZE -> constantSize(topic, headers, in, inner);
            case ListLayout.VARIABLE_SIZE -> variableSize(topic, headers, in, inner);
            default ->
                throw new SerializationException("cannot read list: found layout byte " + layout + ", expected 0 or 1");
        };
    }

    private List<Inner> constantSize(String topic, Headers headers, ByteBuffer in, Deserializer<Inner> deserializer) {
        int fixedSize = ListLayout.fixedSize(deserializer);
        if (fixedSize < 0) {
            throw new SerializationException(
                    "cannot read list: found entries of one fixed size, expected each behind its size, " + "because "
                            + deserializer.getClass().getSimpleName() + " reads any size");
        }
        int nulls = count(in, Integer.BYTES, "null entries");
        int indexesAt = in.position();
        in.position(indexesAt + nulls * Integer.BYTES);
        need(in, Integer.BYTES, "the number of entries");
        int size = in.getInt();
        if ((long) nulls + in.remaining() / fixedSize != size || in.remaining() % fixedSize != 0) {
            throw new SerializationException(
                    "cannot read list: found " + size + " entries, " + nulls + " of them null, and " + in.remaining()
                            + " bytes, expected " + fixedSize + " bytes per entry that is not null");
        }
        BitSet nullIndexes = new BitSet(size);
        for (int at = indexesAt; at < indexesAt + nulls * Integer.BYTES; at += Integer.BYTES) {
            int index = in.getInt(at);
            if (index < 0 || index >= size || nullIndexes.get(index)) {
                throw new SerializationException("cannot read list: found index " + index
                        + " of a null entry, expected each once, from 0 to " + (size - 1));
            }
            nullIndexes.set(index);
        }
        List<Inner> list = newList(size);
        for (int i = 0; i < size; i++) {
            addEntry(list, nullIndexes.get(i) ? null : deserializer.deserialize(topic, headers, take(in, fixedSize)));
        }
        return list;
    }

    private List<Inner> variableSize(String topic, Headers headers, ByteBuffer in, Deserializer<Inner> deserializer) {
        int size = count(in, Integer.BYTES, "entries");
        List<Inner> list = newList(size);
        for (int i = 0; i < size; i++) {
            need(in, Integer.BYTES, "the size of entry " + i);
            int entrySize = in.getInt();
            if (entrySize < ListLayout.NULL_ENTRY || entrySize > in.remaining()) {
                throw new SerializationException("cannot read list: found size " + entrySize + " of entry " + i
                        + ", expected -1.." + in.remaining());
            }
            addEntry(
                    list,
                    entrySize == ListLayout.NULL_ENTRY
                            ? null
                            : deserializer.deserialize(topic, headers, take(in, entrySize)));
        }
        if (in.hasRemaining()) {
            throw new SerializationException(
                    "cannot read list: found " + in.remaining() + " bytes behind the last entry, expected 0");
        }
        return list;
    }

    /** Reads a count of things of at least {@code minSize} bytes; one that the data cannot hold is an error, not an allocation. */
    private static int count(ByteBuffer in, int minSize, String what) {
        need(in, Integer.BYTES, "the number of " + what);
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / minSize) {
            throw new SerializationException("cannot read list: found " + count + " " + what + ", expected 0.."
                    + in.remaining() / minSize + " in the " + in.remaining() + " bytes that follow");
        }
        return count;
    }

    private static void need(ByteBuffer in, int bytes, String what) {
        if (in.remaining() < bytes) {
            throw new SerializationException(
                    "cannot read list: found " + in.remaining() + " bytes for " + what + ", expected " + bytes);
        }
    }

    private static byte[] take(ByteBuffer in, int size) {
        byte[] bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }

    @SuppressWarnings("NullAway") // a list may hold null entries, which its type cannot say without JSpecify generics
    private static <T> void addEntry(List<T> list, @Nullable T entry) {
        list.add(entry);
    }

    @SuppressWarnings("unchecked") // listClass is a List<Inner> by the constructor, or by the configuration's word
    private List<Inner> newList(int size) {
        Class<?> type = Objects.requireNonNull(listClass, "listClass is set together with inner");
        try {
            for (Constructor<?> constructor : type.getConstructors()) {
                Class<?>[] parameters = constructor.getParameterTypes();
                if (parameters.length == 1 && parameters[0] == int.class) {
                    return (List<Inner>) constructor.newInstance(size);
                }
            }
            return (List<Inner>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SerializationException(
                    "cannot create a list of class " + type.getName()
                            + ": expected a public class with a public constructor that takes the capacity, or nothing",
                    e);
        }
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
