package io.tailrace.log.api;

/**
 * A config with the value that applies.
 *
 * @param type of the value and its limits, in words
 * @param documentation what the value decides
 */
public record ConfigEntry(String name, String value, Source source, String type, String documentation) {

    /** Who has set a value. */
    public enum Source {
        /** The topic. */
        TOPIC,
        /** The options that the log was opened with. */
        LOG,
        /** Nobody. */
        DEFAULT
    }
}
