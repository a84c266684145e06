package io.tailrace.common.config;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the values of one Java type are read from what a configuration map holds, and printed again. */
interface ConfigType<T> {
    /** What fits, with its article: {@code "an int"}. */
    String expectation();

    /**
     * Reads a value.
     *
     * @param configs the whole configuration, for plug-ins that are configured when they are created
     * @return null when the value does not fit the type
     */
    @Nullable
    T read(String name, Object value, Map<String, ?> configs);

    /** As a configuration file would write it. */
    String print(T value);

    /** A type whose values depend on nothing else. */
    record Plain<T>(String expectation, Function<Object, @Nullable T> reader, Function<T, String> printer)
            implements ConfigType<T> {
        @Override
        public @Nullable T read(String name, Object value, Map<String, ?> configs) {
            return reader.apply(value);
        }

        @Override
        public String print(T value) {
            return printer.apply(value);
        }
    }
}
