package io.tailrace.kstream;

import io.tailrace.errors.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and how {@link KStream#print} writes: a line per record, {@code [label]: key, value}, to the standard output or a
 * file in UTF-8.
 *
 * <p>A builder: each {@code with…} method changes and returns this object, which {@code print} reads once.
 */
public class Printed<K, V> implements NamedOperation<Printed<K, V>> {
    private final @Nullable Path file;
    private @Nullable String label;
    private @Nullable String name;
    private KeyValueMapper<? super K, ? super V, String> mapper = (key, value) -> key + ", " + value;

    private Printed(@Nullable Path file) {
        this.file = file;
    }

    protected Printed(Printed<K, V> other) {
        file = other.file;
        label = other.label;
        name = other.name;
        mapper = other.mapper;
    }

    /**
     * Into a file, which is created or emptied now and appended to while the application runs.
     *
     * @throws TopologyException when the file cannot be written
     */
    public static <K, V> Printed<K, V> toFile(String filePath) {
        Objects.requireNonNull(filePath, "filePath must not be null");
        if (filePath.isBlank()) {
            throw new TopologyException("printing to a file needs its path, found a blank one");
        }
        try {
            Path file = Path.of(filePath);
            Files.newOutputStream(file).close();
            return new Printed<>(file);
        } catch (IOException | InvalidPathException e) {
            throw new TopologyException("cannot print to file '" + filePath + "': " + e, e);
        }
    }

    public static <K, V> Printed<K, V> toSysOut() {
        return new Printed<>((Path) null);
    }

    /** What stands in the brackets in place of the stream's name. */
    public Printed<K, V> withLabel(String label) {
        this.label = Objects.requireNonNull(label, "label must not be null");
        return this;
    }

    /** What stands behind the brackets in place of key and value. */
    public Printed<K, V> withKeyValueMapper(KeyValueMapper<? super K, ? super V, String> mapper) {
        this.mapper = Objects.requireNonNull(mapper, "mapper must not be null");
        return this;
    }

    @Override
    public Printed<K, V> withName(String name) {
        Named.validate(name);
        this.name = name;
        return this;
    }

    /** Null for the standard output. */
    public @Nullable Path file() {
        return file;
    }

    public @Nullable String label() {
        return label;
    }

    public @Nullable String name() {
        return name;
    }

    public KeyValueMapper<? super K, ? super V, String> mapper() {
        return mapper;
    }
}
